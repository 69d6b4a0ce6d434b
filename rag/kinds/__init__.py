"""What each kind of question becomes: a Reading to an Answer."""
