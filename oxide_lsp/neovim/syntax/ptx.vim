" PTX
if exists('b:current_syntax') | finish | endif
syn match ptxComment "//.*$"
syn region ptxComment start="/\*" end="\*/"
syn region ptxString start=+"+ end=+"+
syn match ptxInstruction "\v(^|\s)\zs[a-z][a-z0-9]+(\.[a-z0-9_:]+)*\ze(\s|;)"
syn match ptxControl "\v<(bra|brx|call|ret|exit|trap|bar|barrier)(\.[a-z0-9_:]+)*>"
syn match ptxRegister "%[A-Za-z_][A-Za-z0-9_.]*"
syn match ptxDirective "\v\.(version|target|address_size|visible|extern|weak|entry|func|file|loc|section|align|param|reg|const|global|local|shared|pragma|maxntid|reqntid|minnctapersm)>"
syn match ptxType "\v\.([usb](8|16|32|64|128)|f(16|32|64)|f16x2|bf16|bf16x2|tf32|pred)>"
syn match ptxNumber "\v<(0[fFdD]\x{8,16}|0[xX]\x+|\d+)>"
syn match ptxLabel "\v^\s*\$?[A-Za-z_$][A-Za-z0-9_$]*:"
hi def link ptxComment Comment
hi def link ptxString String
hi def link ptxInstruction Function
hi def link ptxControl Statement
hi def link ptxRegister Identifier
hi def link ptxDirective PreProc
hi def link ptxType Type
hi def link ptxNumber Number
hi def link ptxLabel Label
let b:current_syntax = 'ptx'
