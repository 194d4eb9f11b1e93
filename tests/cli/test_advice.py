"""`soundly solve --advice`: it enters the prompt, and the screen says what it changed."""


def test_advice_is_shown_and_compared(run, blocks, script, plan):
    """Live and again from the store, in the same words."""
    model = script("(pick-up a)", "\n".join(plan))
    ran = run(
        *("solve", *blocks, "--model", model, "--strategy", "advised", "--out", "out"),
        *("--advice", "Clear a first."),
    )
    assert ran.code == 0
    assert "✎ advice of a person: Clear a first." in ran.out
    assert "the advice changed the answer, and the verdict: rejected → accepted" in ran.out
    session = ran.out.split()[-1]
    again = run("trace", session)
    assert "✎ advice of a person: Clear a first." in again.out
    assert "rejected → accepted" in again.out


def test_advice_from_a_file_names_it(run, blocks, script, tmp_path):
    (tmp_path / "advice.txt").write_text("Clear a\nfirst.")
    ran = run(
        *("solve", *blocks, "--model", script("(pick-up a)", "(pick-up a)")),
        *("--strategy", "advised", "--advice", "@advice.txt"),
    )
    assert "✎ advice of advice.txt: Clear a first." in ran.out
    assert "the advice changed nothing" in ran.out


def test_advice_that_cannot_be_read_is_refused_before_anything_is_paid(run, blocks, script):
    ran = run("solve", *blocks, "--model", script("x"), "--advice", "@nowhere.txt")
    assert (ran.code, ran.out) == (2, "")
    assert "--advice: cannot read nowhere.txt" in ran.err


def test_advice_for_a_model_without_words_is_refused_in_one_line(run):
    ran = run("solve", "--family", "blocksworld", "--size", 4, "--advice", "Be quick.")
    assert ran.code == 2
    assert "so advice cannot be put to it" in ran.err
