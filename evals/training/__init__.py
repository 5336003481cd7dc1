"""How the numbers in the code were fitted."""
