// RUN: lower-mir,llvm-text
// Orderings become split fences around a relaxed operation, in the operation's scope (kernel-language.md 2.8).
// CHECK: load atomic i32, ptr %p syncscope("device") acquire, align 4
// CHECK: store atomic i32 {{.*}}, ptr %p syncscope("block") release, align 4
// CHECK: fence syncscope("device") acq_rel
// CHECK-NEXT: atomicrmw umax ptr %p, i32 {{.*}} syncscope("device") monotonic
// CHECK-NEXT: fence syncscope("device") acq_rel
// CHECK: fence seq_cst
// CHECK-NEXT: cmpxchg ptr %p, i32 {{.*}}, i32 {{.*}} monotonic monotonic
// CHECK-NEXT: fence seq_cst
// CHECK: fneg float
// CHECK: atomicrmw fadd ptr %p, float {{.*}} syncscope("device") monotonic
// CHECK: fence syncscope("block") seq_cst
"mir.func"() ({
^bb0(%p: !mir.ptr, %x: f32):
  %0 = "mir.intrinsic"(%p) {intrinsic = "atomic_load", ordering = "Acquire", syncscope = "device"} : (!mir.ptr) -> ui32
  "mir.intrinsic"(%p, %0) {intrinsic = "atomic_store", ordering = "Release", syncscope = "block"} : (!mir.ptr, ui32) -> ()
  %1 = "mir.intrinsic"(%p, %0) {intrinsic = "atomic_max", ordering = "AcqRel", syncscope = "device"} : (!mir.ptr, ui32) -> ui32
  %2 = "mir.intrinsic"(%p, %0, %1) {intrinsic = "atomic_cxchg", ordering = "SeqCst", failure_ordering = "Relaxed"} : (!mir.ptr, ui32, ui32) -> !mir.pair<ui32, i1, 4, 8>
  %3 = "mir.intrinsic"(%p, %x) {intrinsic = "atomic_xsub", ordering = "Relaxed", syncscope = "device"} : (!mir.ptr, f32) -> f32
  "mir.intrinsic"() {intrinsic = "atomic_fence", ordering = "SeqCst", syncscope = "block"} : () -> ()
  "mir.return"() : () -> ()
}) {sym_name = "atomics", function_type = (!mir.ptr, f32) -> ()} : () -> ()
