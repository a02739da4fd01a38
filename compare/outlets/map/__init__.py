"""Which outlets are alike in what they carry: distances, a map and a tree."""
