"""Who labels which micrograph."""
