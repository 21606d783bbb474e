// RUN: lower-mir,llvm-text
// A vector type moves as a vector, also through a local; anything else is one memcpy for SROA to split.
// CHECK: load <4 x i32>, ptr %a, align 16
// CHECK-NEXT: store <4 x i32> {{.*}}, ptr %b, align 16
// CHECK: call void @llvm.memcpy.p0.p0.i64(ptr align 1 %b, ptr align 1 %a, i64 3, i1 0)
// CHECK: call void @llvm.memcpy.p0.p0.i64(ptr align 4 %x, ptr align 4 %a, i64 12, i1 0)
"mir.func"() ({
^bb0(%a: !mir.ptr, %b: !mir.ptr):
  %x = "mir.alloca"() {type = !mir.mem<"V", 12, 4>} : () -> !mir.ptr
  "mir.copy"(%b, %a) {type = !mir.mem<"F32x4", 16, 16>} : (!mir.ptr, !mir.ptr) -> ()
  "mir.copy"(%b, %a) {type = !mir.mem<"P", 3, 1>} : (!mir.ptr, !mir.ptr) -> ()
  "mir.copy"(%x, %a) {type = !mir.mem<"V", 12, 4>} : (!mir.ptr, !mir.ptr) -> ()
  "mir.return"() : () -> ()
}) {sym_name = "copies", function_type = (!mir.ptr, !mir.ptr) -> ()} : () -> ()
