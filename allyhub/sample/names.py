"""First names and pronouns of the sample attendees. All invented."""

_NAMES = """
Aisha Bola Carys Deniz Elin Farah Gwen Hamza Ifeoma Jo Kofi Lee Mina Niamh Olu Priya Quinn Rosa Sam Tomasz Uma Viktor
Wren Xanthe Yusuf Zofia Ada Bertil Chidi Dara Esme Femi Grace Huda Ivo Jamila Kit Leila Marek Nadia Omar Pearl Rafi
Siobhan Tariq Una Vera Winston Yara Zain
"""
NAMES = _NAMES.split()
PRONOUNS = ["she/her", "he/him", "they/them", "", "", "any"]
