from accounts.qr import QrCode


def modules(code):
    """The dark modules of a path, as (x, y)."""
    dark = set()
    for part in code.path.split("z")[:-1]:
        place, _, rest = part[1:].partition("h")
        x, y = map(int, place.split())
        dark |= {(x + step, y) for step in range(int(rest.partition("v")[0]))}
    return dark


def test_a_code_has_its_three_corners():
    code = QrCode.of("otpauth://totp/someone")
    dark = modules(code)
    for left, top in ((0, 0), (code.side - 7, 0), (0, code.side - 7)):
        assert {(left + step, top) for step in range(7)} <= dark
        assert (left + 1, top + 1) not in dark
    assert (code.side - 1, code.side - 1) not in dark or code.side > 21


def test_it_is_the_code_that_segno_makes():
    import segno

    text = "https://example.org/invitations/"
    drawn = segno.make(text, micro=False).matrix
    dark = {(x, y) for y, row in enumerate(drawn) for x, module in enumerate(row) if module}
    assert modules(QrCode.of(text)) == dark


def test_it_has_a_quiet_zone():
    code = QrCode.of("x")
    assert code.view_box == f"-4 -4 {code.side + 8} {code.side + 8}"
