//! Instruction and shared-memory descriptors of `tcgen05.mma`.
//!
//! What it is: bit fields with builders.
//! What it assumes: addresses and strides are multiples of 16 bytes.
//! What it guarantees: fields lie where the hardware expects them; `build` cuts what exceeds a field.
//!
//! ```text
//! let idesc = Tcgen05InstructionDescriptor::builder().shape(Tcgen05MmaShape::M128_N128)
//!     .element_type(Tcgen05ElementType::F16).accumulator_type(Tcgen05AccumulatorType::F32).build().raw();
//! ```

/// Rows and columns of a product.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tcgen05MmaShape {
    /// Rows.
    pub m: u32,
    /// Columns.
    pub n: u32,
}

macro_rules! shapes {
    ($($name:ident $m:literal $n:literal)*) => {
        impl Tcgen05MmaShape {
            /// A shape of any size.
            #[inline(always)]
            pub const fn new(m: u32, n: u32) -> Self {
                Tcgen05MmaShape { m, n }
            }
            $(
                #[allow(missing_docs)]
                pub const $name: Tcgen05MmaShape = Tcgen05MmaShape { m: $m, n: $n };
            )*
        }
    };
}

shapes! {
    M32_N64 32 64 M32_N128 32 128 M32_N256 32 256
    M64_N64 64 64 M64_N128 64 128 M64_N256 64 256
    M128_N64 128 64 M128_N128 128 128 M128_N256 128 256
    M256_N64 256 64 M256_N128 256 128 M256_N256 256 256
}

/// The type of the factors.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Tcgen05ElementType {
    /// Half precision.
    F16 = 0,
    /// `bfloat16`.
    BF16 = 1,
    /// TensorFloat-32.
    TF32 = 2,
}

/// The type of the accumulator.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Tcgen05AccumulatorType {
    /// Half precision.
    F16 = 0,
    /// Single precision.
    F32 = 1,
    /// 32-bit integer.
    S32 = 2,
}

/// What a product computes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tcgen05InstructionDescriptor(u32);

impl Tcgen05InstructionDescriptor {
    /// A descriptor with everything zero.
    #[inline(always)]
    pub const fn builder() -> Tcgen05InstructionDescriptorBuilder {
        Tcgen05InstructionDescriptorBuilder { bits: 0 }
    }

    /// Half-precision factors, single-precision accumulator.
    #[inline(always)]
    pub const fn new_f16(shape: Tcgen05MmaShape) -> Self {
        Self::single(shape, Tcgen05ElementType::F16)
    }

    /// `bfloat16` factors, single-precision accumulator.
    #[inline(always)]
    pub const fn new_bf16(shape: Tcgen05MmaShape) -> Self {
        Self::single(shape, Tcgen05ElementType::BF16)
    }

    /// TensorFloat-32 factors, single-precision accumulator.
    #[inline(always)]
    pub const fn new_tf32(shape: Tcgen05MmaShape) -> Self {
        Self::single(shape, Tcgen05ElementType::TF32)
    }

    #[inline(always)]
    const fn single(shape: Tcgen05MmaShape, element: Tcgen05ElementType) -> Self {
        Self::builder().shape(shape).element_type(element).accumulator_type(Tcgen05AccumulatorType::F32).build()
    }

    /// A descriptor from its bits.
    #[inline(always)]
    pub const fn from_raw(bits: u32) -> Self {
        Tcgen05InstructionDescriptor(bits)
    }

    /// The bits.
    #[inline(always)]
    pub const fn raw(self) -> u32 {
        self.0
    }
}

/// Builds a `Tcgen05InstructionDescriptor`.
#[derive(Clone, Copy)]
pub struct Tcgen05InstructionDescriptorBuilder {
    bits: u32,
}

impl Tcgen05InstructionDescriptorBuilder {
    /// Replaces `width` bits at `at`.
    #[inline(always)]
    const fn field(self, at: u32, width: u32, value: u32) -> Self {
        let mask = ((1 << width) - 1) << at;
        Tcgen05InstructionDescriptorBuilder { bits: (self.bits & !mask) | ((value << at) & mask) }
    }

    /// Whether factor A is sparse.
    #[inline(always)]
    pub const fn sparse(self, sparse: bool) -> Self {
        self.field(2, 1, sparse as u32)
    }

    /// The accumulator's type.
    #[inline(always)]
    pub const fn accumulator_type(self, ty: Tcgen05AccumulatorType) -> Self {
        self.field(4, 2, ty as u32)
    }

    /// The type of both factors.
    #[inline(always)]
    pub const fn element_type(self, ty: Tcgen05ElementType) -> Self {
        self.a_type(ty).b_type(ty)
    }

    /// The type of factor A.
    #[inline(always)]
    pub const fn a_type(self, ty: Tcgen05ElementType) -> Self {
        self.field(7, 3, ty as u32)
    }

    /// The type of factor B.
    #[inline(always)]
    pub const fn b_type(self, ty: Tcgen05ElementType) -> Self {
        self.field(10, 3, ty as u32)
    }

    /// Whether factor A is negated.
    #[inline(always)]
    pub const fn negate_a(self, negate: bool) -> Self {
        self.field(13, 1, negate as u32)
    }

    /// Whether factor B is negated.
    #[inline(always)]
    pub const fn negate_b(self, negate: bool) -> Self {
        self.field(14, 1, negate as u32)
    }

    /// Whether factor A is transposed.
    #[inline(always)]
    pub const fn transpose_a(self, transpose: bool) -> Self {
        self.field(15, 1, transpose as u32)
    }

    /// Whether factor B is transposed.
    #[inline(always)]
    pub const fn transpose_b(self, transpose: bool) -> Self {
        self.field(16, 1, transpose as u32)
    }

    /// Rows and columns.
    #[inline(always)]
    pub const fn shape(self, shape: Tcgen05MmaShape) -> Self {
        self.field(17, 6, shape.n / 8).field(24, 5, shape.m / 16)
    }

    /// The shift of factor B's reuse in `ws` forms.
    #[inline(always)]
    pub const fn b_reuse_shift(self, shift: u32) -> Self {
        self.field(30, 2, shift)
    }

    /// The descriptor.
    #[inline(always)]
    pub const fn build(self) -> Tcgen05InstructionDescriptor {
        Tcgen05InstructionDescriptor(self.bits)
    }
}

/// How rows of a tile in shared memory are swizzled.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Tcgen05SwizzleMode {
    /// Not at all.
    None = 0,
    /// Over 128 bytes, in atoms of 32.
    Swizzle128B_32BAtom = 1,
    /// Over 128 bytes.
    Swizzle128B = 2,
    /// Over 64 bytes.
    Swizzle64B = 4,
    /// Over 32 bytes.
    Swizzle32B = 6,
}

/// Where a factor lies in shared memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tcgen05SmemDescriptor(u64);

impl Tcgen05SmemDescriptor {
    /// A descriptor with only its version set.
    #[inline(always)]
    pub const fn builder() -> Tcgen05SmemDescriptorBuilder {
        Tcgen05SmemDescriptorBuilder { bits: 1 << 46 }
    }

    /// A tile of `m` rows of `k` elements, rows contiguous.
    #[inline(always)]
    pub const fn for_k_major(address: u64, m: u32, k: u32, elem_bytes: u32, swizzle: Tcgen05SwizzleMode) -> Self {
        let _ = k;
        Self::builder()
            .address(address)
            .leading_dim_bytes(m * 16)
            .stride_bytes(8 * if elem_bytes < 16 { 16 } else { elem_bytes })
            .swizzle(swizzle)
            .build()
    }

    /// A tile of `k` rows of `n` elements, columns contiguous.
    #[inline(always)]
    pub const fn for_mn_major(address: u64, n: u32, k: u32, elem_bytes: u32, swizzle: Tcgen05SwizzleMode) -> Self {
        let _ = k;
        Self::builder()
            .address(address)
            .leading_dim_bytes(n * elem_bytes)
            .stride_bytes(8 * n * elem_bytes)
            .swizzle(swizzle)
            .build()
    }

    /// A descriptor from address and strides.
    #[inline(always)]
    pub const fn from_bytes(address: u64, leading: u32, stride: u32, swizzle: Tcgen05SwizzleMode) -> Self {
        Self::builder().address(address).leading_dim_bytes(leading).stride_bytes(stride).swizzle(swizzle).build()
    }

    /// The bits.
    #[inline(always)]
    pub const fn raw(self) -> u64 {
        self.0
    }
}

/// Builds a `Tcgen05SmemDescriptor`.
#[derive(Clone, Copy)]
pub struct Tcgen05SmemDescriptorBuilder {
    bits: u64,
}

impl Tcgen05SmemDescriptorBuilder {
    /// Replaces `width` bits at `at`.
    #[inline(always)]
    const fn field(self, at: u32, width: u32, value: u64) -> Self {
        let mask = ((1 << width) - 1) << at;
        Tcgen05SmemDescriptorBuilder { bits: (self.bits & !mask) | ((value << at) & mask) }
    }

    /// The tile's address in shared memory.
    #[inline(always)]
    pub const fn address(self, address: u64) -> Self {
        self.field(0, 14, address >> 4)
    }

    /// The distance of core matrices along the leading dimension.
    #[inline(always)]
    pub const fn leading_dim_bytes(self, bytes: u32) -> Self {
        self.field(16, 14, bytes as u64 >> 4)
    }

    /// The distance of core matrices along the other dimension.
    #[inline(always)]
    pub const fn stride_bytes(self, bytes: u32) -> Self {
        self.field(32, 14, bytes as u64 >> 4)
    }

    /// The offset of the tile in its swizzle pattern.
    #[inline(always)]
    pub const fn base_offset(self, offset: u32) -> Self {
        self.field(49, 3, offset as u64)
    }

    /// Whether the leading dimension's distance is absolute.
    #[inline(always)]
    pub const fn absolute_leading_dim(self, absolute: bool) -> Self {
        self.field(52, 1, absolute as u64)
    }

    /// The swizzle.
    #[inline(always)]
    pub const fn swizzle(self, mode: Tcgen05SwizzleMode) -> Self {
        self.field(61, 3, mode as u64)
    }

    /// The descriptor.
    #[inline(always)]
    pub const fn build(self) -> Tcgen05SmemDescriptor {
        Tcgen05SmemDescriptor(self.bits)
    }
}
