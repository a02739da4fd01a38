"""Stories and outlets as plotly figures; report pages are drawn from the same rows."""
