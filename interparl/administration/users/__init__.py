"""Users, their roles, who acts for whom, and what somebody sees: the pages of those who give access."""
