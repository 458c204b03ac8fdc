"""Questionnaires kept as Word files: form 667-р in both its editions, and what is known of its successor."""
