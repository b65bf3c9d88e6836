"""What each page shows, put together from queries, findings, sentences and figures."""
