"""Books composed from the blocks of every area: the handover file of a body, a country, an organisation, an officer."""
