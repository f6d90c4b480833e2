"""What the processes of the server rest on, whatever they serve. Uses no other room."""
