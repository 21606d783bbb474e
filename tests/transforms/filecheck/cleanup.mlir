// RUN: cleanup
// Dead code, constant branches and straight-line blocks go; the barrier and the volatile load stay.
// CHECK: ^bb0(%p: !mir.ptr):
// CHECK-NEXT: "mir.device_intrinsic"() {intrinsic = "thread.sync_threads"}
// CHECK-NEXT: "mir.load"(%p) {align = 4 : i64, volatile}
// CHECK-NEXT: "mir.return"()
"mir.func"() ({
^bb0(%p: !mir.ptr):
  %1 = "mir.constant"() {value = true} : () -> i1
  %2 = "mir.load"(%p) {align = 4 : i64} : (!mir.ptr) -> ui32
  "mir.switch_int"(%1)[^bb2, ^bb1] {cases = [0 : i1], operandSegmentSizes = array<i32: 1, 0, 0>} : (i1) -> ()
^bb1:
  "mir.trap"() : () -> ()
^bb2:
  "mir.device_intrinsic"() {intrinsic = "thread.sync_threads"} : () -> ()
  "mir.assert"(%1)[^bb3] {expected = true, message = "m"} : (i1) -> ()
^bb3:
  %3 = "mir.load"(%p) {align = 4 : i64, volatile} : (!mir.ptr) -> ui32
  "mir.return"() : () -> ()
}) {sym_name = "f", function_type = (!mir.ptr) -> ()} : () -> ()
