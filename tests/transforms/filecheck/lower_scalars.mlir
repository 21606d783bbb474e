// RUN: lower-mir,llvm-text
// Rust's arithmetic: wrapping, masked shifts, signed by type, contract on floats, saturating casts.
// CHECK: %0 = add i32 %a, %b
// CHECK: sdiv i32
// CHECK: and i32 %b, 31
// CHECK: ashr i32 %a,
// CHECK: icmp slt i32 %a, %b
// CHECK: fmul contract float %x, %x
// CHECK: fcmp une float
// CHECK: call i32 @llvm.fptosi.sat.i32.f32(float %x)
// CHECK: call i8 @llvm.fptoui.sat.i8.f32(float %x)
// CHECK: sitofp i32 %a to float
// CHECK: call { i32, i1 } @llvm.sadd.with.overflow.i32(i32 %a, i32 %b)
// CHECK: call float @llvm.sqrt.f32(float %x)
// CHECK: call float @__nv_expf(float %x)
// CHECK: call float @__nv_fmodf(float %x, float %x)
// CHECK: call float @llvm.fma.f32
// CHECK: trunc i64 {{.*}} to i32
// CHECK: declare float @__nv_expf(float)
"mir.func"() ({
^bb0(%a: si32, %b: si32, %x: f32, %p: !mir.ptr):
  %0 = "mir.binary"(%a, %b) {op = "Add"} : (si32, si32) -> si32
  %1 = "mir.binary"(%0, %b) {op = "Div"} : (si32, si32) -> si32
  %2 = "mir.binary"(%a, %b) {op = "Shr"} : (si32, si32) -> si32
  %3 = "mir.binary"(%a, %b) {op = "Lt"} : (si32, si32) -> i1
  %4 = "mir.binary"(%x, %x) {op = "Mul"} : (f32, f32) -> f32
  %5 = "mir.binary"(%x, %4) {op = "Ne"} : (f32, f32) -> i1
  %6 = "mir.cast"(%x) {kind = "FloatToInt"} : (f32) -> si32
  %7 = "mir.cast"(%x) {kind = "FloatToInt"} : (f32) -> ui8
  %8 = "mir.cast"(%a) {kind = "IntToFloat"} : (si32) -> f32
  %9 = "mir.binary"(%a, %b) {op = "AddWithOverflow"} : (si32, si32) -> !mir.pair<si32, i1, 4, 8>
  %10 = "mir.intrinsic"(%x) {intrinsic = "sqrtf32"} : (f32) -> f32
  %11 = "mir.intrinsic"(%x) {intrinsic = "expf32"} : (f32) -> f32
  %12 = "mir.binary"(%x, %x) {op = "Rem"} : (f32, f32) -> f32
  %13 = "mir.intrinsic"(%x, %x, %x) {intrinsic = "fmaf32"} : (f32, f32, f32) -> f32
  %14 = "mir.constant"() {value = 7 : ui64} : () -> ui64
  %15 = "mir.intrinsic"(%14) {intrinsic = "ctpop"} : (ui64) -> ui32
  "mir.return"() : () -> ()
}) {sym_name = "scalars", function_type = (si32, si32, f32, !mir.ptr) -> ()} : () -> ()
