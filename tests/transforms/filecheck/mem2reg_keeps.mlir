// RUN: mem2reg
// Volatile accesses and overlapping parts stay in memory; a store of the address itself too.
// CHECK: "mir.store"(%n, %x) {align = 4 : i64, volatile}
// CHECK: "mir.load"(%x) {align = 4 : i64, volatile}
// CHECK: sym_name = "volatile"
// CHECK: "mir.store"(%n, %y)
// CHECK: "mir.load"({{.*}}) {align = 2 : i64}
// CHECK: sym_name = "overlap"
"mir.func"() ({
^bb0(%n: ui32):
  %x = "mir.alloca"() {type = ui32} : () -> !mir.ptr
  "mir.store"(%n, %x) {align = 4 : i64, volatile} : (ui32, !mir.ptr) -> ()
  %1 = "mir.load"(%x) {align = 4 : i64, volatile} : (!mir.ptr) -> ui32
  "mir.return"(%1) : (ui32) -> ()
}) {sym_name = "volatile", function_type = (ui32) -> ui32} : () -> ()
"mir.func"() ({
^bb0(%n: ui32):
  %y = "mir.alloca"() {type = ui32} : () -> !mir.ptr
  "mir.store"(%n, %y) {align = 4 : i64} : (ui32, !mir.ptr) -> ()
  %1 = "mir.field"(%y) {offset = 2 : i64} : (!mir.ptr) -> !mir.ptr
  %2 = "mir.load"(%1) {align = 2 : i64} : (!mir.ptr) -> ui16
  "mir.return"(%2) : (ui16) -> ()
}) {sym_name = "overlap", function_type = (ui32) -> ui16} : () -> ()
