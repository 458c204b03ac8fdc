"""Who runs and who owns a company: dated holdings into control, with exact effective shares. Standard library only."""
