// RUN: mem2reg,cleanup
// A loop counter becomes a block argument; no memory is left.
// CHECK: "mir.func"
// CHECK-NOT: mir.alloca
// CHECK: "mir.goto"(%0)[^bb1] : (ui32) -> ()
// CHECK: ^bb1(%i: ui32):
// CHECK: "mir.binary"(%i, %n) {op = "Lt"}
// CHECK: %[[NEXT:.*]] = "mir.binary"(%i, {{.*}}) {op = "Add"}
// CHECK: "mir.goto"(%[[NEXT]])[^bb1]
// CHECK: "mir.return"(%i)
"mir.func"() ({
^bb0(%n: ui32):
  %i = "mir.alloca"() {type = ui32} : () -> !mir.ptr
  %0 = "mir.constant"() {value = 0 : ui32} : () -> ui32
  "mir.store"(%0, %i) {align = 4 : i64} : (ui32, !mir.ptr) -> ()
  "mir.goto"()[^bb1] : () -> ()
^bb1:
  %1 = "mir.load"(%i) {align = 4 : i64} : (!mir.ptr) -> ui32
  %2 = "mir.binary"(%1, %n) {op = "Lt"} : (ui32, ui32) -> i1
  "mir.switch_int"(%2)[^bb2, ^bb3] {cases = [0 : i1], operandSegmentSizes = array<i32: 1, 0, 0>} : (i1) -> ()
^bb2:
  %3 = "mir.load"(%i) {align = 4 : i64} : (!mir.ptr) -> ui32
  %4 = "mir.constant"() {value = 1 : ui32} : () -> ui32
  %5 = "mir.binary"(%3, %4) {op = "Add"} : (ui32, ui32) -> ui32
  "mir.store"(%5, %i) {align = 4 : i64} : (ui32, !mir.ptr) -> ()
  "mir.goto"()[^bb1] : () -> ()
^bb3:
  %6 = "mir.load"(%i) {align = 4 : i64} : (!mir.ptr) -> ui32
  "mir.return"(%6) : (ui32) -> ()
}) {sym_name = "count", function_type = (ui32) -> ui32} : () -> ()
