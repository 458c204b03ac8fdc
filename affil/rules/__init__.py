"""Rules are data: a typed path over the derived tables, compiled to SQL; this stage reads them, runs them and says what they found."""
