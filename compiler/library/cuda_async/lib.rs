//! Names of the asynchronous host library that kernel files import.
//!
//! What it is: empty modules and types, so that imports resolve.
//! What it assumes: host code is not compiled here.
//! What it guarantees: nothing more.
//!
//! ```text
//! use cuda_async::device_box::DeviceBox;
//! ```

#![no_std]

/// Memory owned by a future.
pub mod device_box {
    use core::marker::PhantomData;

    /// Memory on the device.
    pub struct DeviceBox<T>(PhantomData<T>);
}

/// Contexts for futures.
pub mod device_context {}

/// Deferred operations.
pub mod device_operation {
    /// A deferred operation.
    pub trait DeviceOperation {}
}

/// Futures of operations.
pub mod device_future {}

/// Errors.
pub mod error {
    /// A failed operation.
    #[derive(Clone, Copy)]
    pub struct DeviceError(());
}

/// Deferred launches.
pub mod launch {}
