"""The coverage of claims: a state for every claim at every outlet."""
