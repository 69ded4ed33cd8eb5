"""What one extraction says, made once when it is read: edges, flares and templates, from which linkage starts."""
