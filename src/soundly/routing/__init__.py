"""Which model and which strategy are cheapest at a wanted coverage, learned from sessions."""
