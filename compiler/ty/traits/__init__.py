"""The trait solver: parameter environments, selection, projection, fulfilment."""
