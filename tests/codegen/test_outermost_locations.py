"""Inlined code is credited to the kernel's own line."""

from compiler.codegen.outermost_locations import outermost_locations

IR = """!3 = distinct !DISubprogram(name: "k", line: 1)
!6 = !DILocation(line: 35, column: 1, scope: !7, inlinedAt: !9)
!9 = distinct !DILocation(line: 387, column: 26, scope: !10, inlinedAt: !15)
!15 = distinct !DILocation(line: 13, column: 21, scope: !3)
"""


def test_the_outermost_caller_is_credited():
    lines = outermost_locations(IR).splitlines()
    assert lines[1] == "!6 = !DILocation(line: 13, column: 21, scope: !3)"
    assert lines[2] == "!9 = distinct !DILocation(line: 13, column: 21, scope: !3)"
    assert [lines[0], lines[3]] == [IR.splitlines()[0], IR.splitlines()[3]]


def test_text_without_inlined_code_is_the_same_object():
    text = "!15 = distinct !DILocation(line: 13, column: 21, scope: !3)\n"
    assert outermost_locations(text) is text
