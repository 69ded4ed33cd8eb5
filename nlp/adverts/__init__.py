"""What a text is: the trained models of adverts and of orders, and what they look at."""
