// RUN: mem2reg
// One slot read as another scalar of the same size becomes a transmute.
// CHECK: %[[BITS:.*]] = "mir.cast"(%x) {kind = "Transmute"} : (f32) -> ui32
// CHECK: "mir.return"(%[[BITS]])
"mir.func"() ({
^bb0(%x: f32):
  %u = "mir.alloca"() {type = ui32} : () -> !mir.ptr
  "mir.store"(%x, %u) {align = 4 : i64} : (f32, !mir.ptr) -> ()
  %1 = "mir.load"(%u) {align = 4 : i64} : (!mir.ptr) -> ui32
  "mir.return"(%1) : (ui32) -> ()
}) {sym_name = "bits", function_type = (f32) -> ui32} : () -> ()
