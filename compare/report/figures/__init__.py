"""Stories and outlets as plotly figures; report pages draw from the same rows."""
