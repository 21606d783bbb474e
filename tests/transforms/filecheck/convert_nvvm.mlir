// RUN: convert-nvvm
// Table rows: an intrinsic with an extra constant, one that swaps arguments, a struct result, arrays by address, assembly.
// CHECK: "llvm.call_intrinsic"(%m, %v, %v, %{{.*}}) {intrin = "llvm.nvvm.shfl.sync.idx.i32"}
// CHECK: "llvm.call_intrinsic"(%v, %m) {intrin = "llvm.nvvm.redux.sync.add"}
// CHECK: "llvm.call_intrinsic"(%m, %v) {intrin = "llvm.nvvm.match.all.sync.i32p"} : (i32, i32) -> !llvm.struct<(i32, i1)>
// CHECK: "llvm.extractvalue"
// CHECK: "llvm.bitcast"(%v) : (i32) -> vector<2xf16>
// CHECK: "llvm.addrspacecast"(%p) : (!llvm.ptr) -> !llvm.ptr<3>
// CHECK: "llvm.inline_asm"({{.*}}) {asm_string = "ldmatrix.sync.aligned.m8n8.x4.shared.b16 {$0, $1, $2, $3}, [$4];"
// CHECK: "llvm.store"(%{{.*}}, %d) {alignment = 4 : i64}
"llvm.func"() ({
^bb0(%m: i32, %v: i32, %p: !llvm.ptr, %d: !llvm.ptr):
  %0 = "nvvm.warp.shuffle_sync"(%m, %v, %v) : (i32, i32, i32) -> i32
  %1 = "nvvm.warp.redux_sync_add"(%m, %v) : (i32, i32) -> i32
  %2 = "nvvm.warp.match_all_sync"(%m, %v) : (i32, i32) -> i32
  %3 = "nvvm.f16x2.fma_f16x2"(%v, %v, %v) : (i32, i32, i32) -> i32
  "nvvm.matrix.ldmatrix_m8n8_x4_b16"(%d, %p) : (!llvm.ptr, !llvm.ptr) -> ()
  "llvm.return"() : () -> ()
}) {sym_name = "f", function_type = (i32, i32, !llvm.ptr, !llvm.ptr) -> ()} : () -> ()
