"""The portable IR: object model, reader, writer, operation table, verifier, reference interpreter and passes."""
