"""Findings as Plotly figures: plain dicts, drawn in the browser. No SQL, no Flask, no sentences."""
