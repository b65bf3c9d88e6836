"""The demonstration: Ba Đình's fourteen wards as a register, and citizens who rate their officers.

Everything in it is invented. It knows nothing of the tables of the waiting room or of results:
ratings go in as a tablet's requests and come out by the release, day by day, like all others.
"""
