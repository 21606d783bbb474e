// RUN: mem2reg
// A pair is split into its scalars: written whole, read by parts, and the other way round.
// CHECK-NOT: mir.alloca
// CHECK: sym_name = "whole_to_part"
// CHECK: "mir.alloca"
// CHECK: sym_name = "escapes"
// CHECK: "mir.func"() ({
// CHECK-NEXT: ^bb0(%p: !mir.ptr, %n: ui64):
// CHECK-NEXT: %[[PAIR:.*]] = "mir.pair"(%p, %n)
// CHECK-NEXT: "mir.return"(%[[PAIR]])
"mir.func"() ({
^bb0(%s: !mir.pair<!mir.ptr, ui64, 8, 16>):
  %x = "mir.alloca"() {type = !mir.pair<!mir.ptr, ui64, 8, 16>} : () -> !mir.ptr
  "mir.store"(%s, %x) {align = 8 : i64} : (!mir.pair<!mir.ptr, ui64, 8, 16>, !mir.ptr) -> ()
  %1 = "mir.field"(%x) {offset = 8 : i64} : (!mir.ptr) -> !mir.ptr
  %2 = "mir.load"(%1) {align = 8 : i64} : (!mir.ptr) -> ui64
  "mir.return"(%2) : (ui64) -> ()
}) {sym_name = "whole_to_part", function_type = (!mir.pair<!mir.ptr, ui64, 8, 16>) -> ui64} : () -> ()
"mir.func"() ({
^bb0(%n: ui32):
  %x = "mir.alloca"() {type = ui32} : () -> !mir.ptr
  "mir.store"(%n, %x) {align = 4 : i64} : (ui32, !mir.ptr) -> ()
  "mir.return"(%x) : (!mir.ptr) -> ()
}) {sym_name = "escapes", function_type = (ui32) -> !mir.ptr} : () -> ()
"mir.func"() ({
^bb0(%p: !mir.ptr, %n: ui64):
  %x = "mir.alloca"() {type = !mir.pair<!mir.ptr, ui64, 8, 16>} : () -> !mir.ptr
  "mir.store"(%p, %x) {align = 8 : i64} : (!mir.ptr, !mir.ptr) -> ()
  %1 = "mir.field"(%x) {offset = 8 : i64} : (!mir.ptr) -> !mir.ptr
  "mir.store"(%n, %1) {align = 8 : i64} : (ui64, !mir.ptr) -> ()
  %2 = "mir.load"(%x) {align = 8 : i64} : (!mir.ptr) -> !mir.pair<!mir.ptr, ui64, 8, 16>
  "mir.return"(%2) : (!mir.pair<!mir.ptr, ui64, 8, 16>) -> ()
}) {sym_name = "part_to_whole", function_type = (!mir.ptr, ui64) -> !mir.pair<!mir.ptr, ui64, 8, 16>} : () -> ()
