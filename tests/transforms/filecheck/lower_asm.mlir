// RUN: lower-mir,llvm-text
// ptx_asm!: operand references, literal registers and dollars; convergent unless it may diverge.
// CHECK: call i32 asm sideeffect "add.u32 $0, $1, %tid.x; // $$", "=r,r"(i32 %a) #[[CONV:[0-9]+]]
// CHECK: call { i32, i32 } asm "mov.b64 {$0, $1}, $2;", "=r,=r,l"(i64 %b) nounwind
// CHECK: extractvalue { i32, i32 } {{.*}}, 1
// CHECK: attributes #[[CONV]] = { convergent nounwind }
"mir.func"() ({
^bb0(%a: ui32, %b: ui64):
  %0 = "mir.inline_asm"(%a) {template = "add.u32 %0, %1, %%tid.x; // $", constraints = ["=r", "r"]} : (ui32) -> ui32
  %1, %2 = "mir.inline_asm"(%b) {template = "mov.b64 {%0, %1}, %2;", constraints = ["=r", "=r", "l"], register_only, may_diverge} : (ui64) -> (ui32, ui32)
  %3 = "mir.binary"(%1, %2) {op = "Add"} : (ui32, ui32) -> ui32
  "mir.return"(%3) : (ui32) -> ()
}) {sym_name = "asm", function_type = (ui32, ui64) -> ui32} : () -> ()
