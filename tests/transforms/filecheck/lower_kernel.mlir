// RUN: lower-mir,convert-nvvm,llvm-text
// A kernel: convention, launch facts, slices as two parameters, bool as a byte, shared memory, checks to trap.
// CHECK: @TILE = internal addrspace(3) global [4 x float] undef, align 4
// CHECK: @LUT = internal unnamed_addr addrspace(1) constant [2 x i32] [i32 1, i32 2], align 4
// CHECK: define ptx_kernel void @k(ptr %s.0, i64 %s.1, i8 %flag, ptr byval([24 x i8]) align 8 %agg) #[[ATTR:[0-9]+]] {
// CHECK: trunc i8 %flag to i1
// CHECK: call void @llvm.nvvm.barrier.cta.sync.aligned.all(i32 0)
// CHECK: br i1 %ok, label %[[NEXT:.*]], label %[[TRAP:.*]]
// CHECK: addrspacecast ptr addrspace(3) @TILE to ptr
// CHECK: getelementptr inbounds nuw i32, ptr
// CHECK: load float, ptr {{.*}}, align 4
// CHECK: [[TRAP]]:
// CHECK-NEXT: call void @llvm.trap()
// CHECK-NEXT: unreachable
// CHECK: attributes #[[ATTR]] = { convergent nounwind "nvvm.maxntid"="64,1,1" "nvvm.minctasm"="2" "no-jump-tables"="true" }
"builtin.module"() ({
"mir.static"() {sym_name = "TILE", space = "shared", size = 16 : i64, align = 4 : i64, elem_type = f32} : () -> ()
"mir.static"() {sym_name = "LUT", space = "data", size = 8 : i64, align = 4 : i64, elem_type = ui32, value = dense<"0x0100000002000000"> : tensor<8xi8>} : () -> ()
"mir.func"() ({
^bb0(%s: !mir.pair<!mir.ptr, ui64, 8, 16>, %flag: i1, %agg: !mir.ptr):
  "mir.device_intrinsic"() {intrinsic = "thread.sync_threads"} : () -> ()
  %n = "mir.component"(%s) {index = 1 : i32} : (!mir.pair<!mir.ptr, ui64, 8, 16>) -> ui64
  %i = "mir.constant"() {value = 3 : ui64} : () -> ui64
  %ok = "mir.binary"(%i, %n) {op = "Lt"} : (ui64, ui64) -> i1
  "mir.assert"(%ok)[^bb1] {expected = true, message = "index out of bounds"} : (i1) -> ()
^bb1:
  %t = "mir.address_of"() {symbol = @TILE} : () -> !mir.ptr
  %e = "mir.index"(%t, %i) {stride = 4 : i64} : (!mir.ptr, ui64) -> !mir.ptr
  %v = "mir.load"(%e) {align = 4 : i64} : (!mir.ptr) -> f32
  "mir.return"() : () -> ()
}) {sym_name = "k", function_type = (!mir.pair<!mir.ptr, ui64, 8, 16>, i1, !mir.ptr) -> (), kernel = {maxntid = array<i32: 64, 1, 1>, minctasm = 2 : i32}, arg_attrs = [{}, {}, {byval = !llvm.array<24 x i8>, align = 8 : i32}]} : () -> ()
}) : () -> ()
