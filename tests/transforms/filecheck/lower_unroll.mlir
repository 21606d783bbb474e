// RUN: mem2reg,cleanup,lower-mir,llvm-text
// #[unroll(4)] becomes metadata on the loop's back edge.
// CHECK: br label %[[HEAD:.*]], !llvm.loop ![[LOOP:[0-9]+]]
// CHECK: ![[WISH:[0-9]+]] = !{!"llvm.loop.unroll.count", i32 4}
// CHECK: ![[LOOP]] = distinct !{![[LOOP]], ![[WISH]]}
"mir.func"() ({
^bb0(%n: ui32):
  %0 = "mir.constant"() {value = 0 : ui32} : () -> ui32
  "mir.goto"(%0)[^bb1] : (ui32) -> ()
^bb1(%i: ui32):
  %2 = "mir.binary"(%i, %n) {op = "Lt"} : (ui32, ui32) -> i1
  "mir.switch_int"(%2)[^bb2, ^bb3] {cases = [0 : i1], operandSegmentSizes = array<i32: 1, 0, 0>} : (i1) -> ()
^bb2:
  %4 = "mir.constant"() {value = 1 : ui32} : () -> ui32
  %5 = "mir.binary"(%i, %4) {op = "Add"} : (ui32, ui32) -> ui32
  "mir.goto"(%5)[^bb1] {unroll = 4 : i32} : (ui32) -> ()
^bb3:
  "mir.return"(%i) : (ui32) -> ()
}) {sym_name = "count", function_type = (ui32) -> ui32} : () -> ()
