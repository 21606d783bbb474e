// RUN: lower-mir,llvm-text
// The variant of a niche-encoded enum is computed without a branch.
// CHECK: define internal i64 @option_ref(ptr %p)
// CHECK: ptrtoint ptr %p to i64
// CHECK: icmp eq i64 {{.*}}, 0
// CHECK: select i1 {{.*}}, i64 0, i64 1
// CHECK: define internal i64 @many(i8 %t)
// CHECK: sub i8 %t, 2
// CHECK: icmp ule i8 {{.*}}, 3
// CHECK: add i64 {{.*}}, 1
// CHECK: select i1 {{.*}}, i64 {{.*}}, i64 0
"mir.func"() ({
^bb0(%p: !mir.ptr):
  %0 = "mir.discriminant"(%p) {encoding = #mir.tag<niche, 1, 0, 0, 0>} : (!mir.ptr) -> si64
  "mir.return"(%0) : (si64) -> ()
}) {sym_name = "option_ref", function_type = (!mir.ptr) -> si64} : () -> ()
"mir.func"() ({
^bb0(%t: ui8):
  %0 = "mir.discriminant"(%t) {encoding = #mir.tag<niche, 0, 1, 4, 2>} : (ui8) -> si64
  "mir.return"(%0) : (si64) -> ()
}) {sym_name = "many", function_type = (ui8) -> si64} : () -> ()
