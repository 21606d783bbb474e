"""The facade the editor sees: AnalysisHost and Analysis snapshots (api.py)."""
