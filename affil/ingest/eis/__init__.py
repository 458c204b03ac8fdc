"""Files of the ЕИС (zakupki.gov.ru) into records: contracts, notices, protocols, the register of unfair suppliers."""
