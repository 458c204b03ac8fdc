"""Documents of ЕИС (zakupki.gov.ru): contracts, notices, protocols, РНП, of 44-ФЗ and 223-ФЗ, in XML and as JSON copies of it."""
