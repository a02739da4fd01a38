"""How outlets word the claims that they share: terms, attributions, passives, names for parties."""
