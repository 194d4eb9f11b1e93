"""A strategy that a router chose: the choice enters the trace, and then it is as ever.

Routing a problem to the cheapest model that is good enough goes back to Chen et al., "FrugalGPT",
arXiv:2305.05176. There a learned score says what is good enough; here the sessions of the store do,
of which only those count that a sound critic or a proof ended.
"""

from __future__ import annotations

from soundly.core.routing import RouteChosen
from soundly.core.session import Result, Session, Strategy


async def routed(session: Session, *, chosen: Strategy, route: RouteChosen) -> Result:
    """What the chosen strategy returns, after a note of why it was chosen. Costs no call itself."""
    session.note(route)
    return await chosen(session)
