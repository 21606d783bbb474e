// RUN: mark-inline
// A small helper is inlined first; a recursive one and the kernel are not.
// CHECK: sym_name = "k", function_type = (ui32) -> (), kernel = {}}
// CHECK: sym_name = "leaf", function_type = (ui32) -> ui32, inline = "always"
// CHECK: sym_name = "again", function_type = (ui32) -> ui32}
"mir.func"() ({
^bb0(%n: ui32):
  %1 = "mir.call"(%n) {callee = @leaf} : (ui32) -> ui32
  %2 = "mir.call"(%1) {callee = @again} : (ui32) -> ui32
  "mir.return"() : () -> ()
}) {sym_name = "k", function_type = (ui32) -> (), kernel = {}} : () -> ()
"mir.func"() ({
^bb0(%n: ui32):
  "mir.return"(%n) : (ui32) -> ()
}) {sym_name = "leaf", function_type = (ui32) -> ui32} : () -> ()
"mir.func"() ({
^bb0(%n: ui32):
  %1 = "mir.call"(%n) {callee = @again} : (ui32) -> ui32
  "mir.return"(%1) : (ui32) -> ()
}) {sym_name = "again", function_type = (ui32) -> ui32} : () -> ()
