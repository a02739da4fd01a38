"""Which outlets are alike in what they carry: distances, a map, a tree, and positions on one dimension."""
