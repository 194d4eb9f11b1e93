"""Travel planning: days, cities, beds and meals under thirteen constraints and a budget."""
