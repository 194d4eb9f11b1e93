"""What all charts share: colours, shapes, and the way to SVG and PNG. Needs the extra `bench`."""
