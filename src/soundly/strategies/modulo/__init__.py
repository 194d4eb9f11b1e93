"""The parts of an LLM-Modulo loop, one a file; `refine` and `self_critique` put them together.

Sources: Kambhampati et al., arXiv:2402.01817 (the framework); Gundawar et al., arXiv:2405.20625 and
arXiv:2411.14484 (meta-controllers, format critics); Stechly et al., arXiv:2402.08115 (levels of
feedback, self-critique).
"""
