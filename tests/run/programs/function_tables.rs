//! Functions called through tables: constants, statics, structs and references to them.
//!
//! What it is: operators chosen by a key from a constant, by an index from a static, and through a nested constant.
//! What it assumes: nothing. What it guarantees: the numbers are those of rustc's machine code.
//!
//! ```text
//! //= 1: 11400714819257338554 ..      the results of record(1, ..)
//! ```
//= 1: 11400714819257338554 4354685562124707806 16390740449959487942 17418742273953286454 16390740470501255226 14334736811521375646 8618651365429912531 1998715118695517404
//= 7: 6018027426919043314 12036054846877079725 4054718457714131179 11250731271691665950 4054718479336801034 8109436903132072513 4990257769695415374 13991003640731017696
//= 4000000000: 9896633793628745664 1346523514042101760 10772188133609472054 5386094079224512534 10772188151333126368 3097632172438913136 9115294993115250934 12390528783775432982

use cuda_device::kernel;

type Op = fn(u32, u32) -> u32;
fn shift(a: u32, b: u32) -> u32 {
    a << (b & 7)
}
const OPS: [(u8, Op); 4] = [(b'+', |a, b| a.wrapping_add(b)), (b'-', u32::wrapping_sub), (b'<', shift), (b'|', |a, b| a | b)];
struct Rule {
    apply: Op,
    weight: u32,
}
static RULES: [Rule; 2] = [Rule { apply: shift, weight: 3 }, Rule { apply: u32::max, weight: 5 }];
const FIRST: Rule = Rule { apply: |a, b| a ^ b, weight: 9 };
const NESTED: &[&Rule] = &[&FIRST, &Rule { apply: u32::min, weight: 1 }];

fn results(input: u32) -> [u64; 8] {
    let mut found = [0; 8];
    for (n, slot) in found.iter_mut().enumerate() {
        let v = input.wrapping_mul(0x9e37_79b9).rotate_left(n as u32);
        let key = [b'+', b'-', b'<', b'|'][n % 4];
        let a = OPS.iter().find(|(k, _)| *k == key).map_or(0, |(_, f)| f(v, n as u32));
        let rule = &RULES[n % RULES.len()];
        let nested = NESTED[n % 2];
        let b = (rule.apply)(v, 2).wrapping_mul(rule.weight) ^ (nested.apply)(v, 7).wrapping_mul(nested.weight);
        *slot = (a as u64) << 32 | (b ^ OPS[(n + 1) % 4].1(v, 1)) as u64;
    }
    found
}

#[kernel]
pub unsafe fn record(input: u32, out: *mut u64) {
    for (i, word) in results(input).into_iter().enumerate() {
        unsafe { *out.add(i) = word };
    }
}

fn main() {}
