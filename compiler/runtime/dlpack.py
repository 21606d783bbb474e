"""DLPack: tensors of other libraries in, device buffers out, without a copy.

What it is: the ``DLManagedTensor`` protocol (version 0, which every producer and consumer still speaks) over
ctypes. What it assumes: tensors are row major and compact. What it guarantees: memory lives as long as either side
needs it: the producer's deleter is called once. Example::

    view = import_tensor(torch.zeros(4, device="cuda"))     # view.address, view.shape, view.dtype
"""

from __future__ import annotations

import ctypes
import weakref
from typing import Any

import numpy as np

from compiler.base.dataclass import dataclass

CPU_DEVICE, CUDA_DEVICE, CUDA_HOST_DEVICE, CUDA_MANAGED_DEVICE = 1, 2, 3, 13
_INT, _UINT, _FLOAT, _BFLOAT, _COMPLEX, _BOOL = 0, 1, 2, 4, 5, 6
_KINDS = {"i": _INT, "u": _UINT, "f": _FLOAT, "c": _COMPLEX, "b": _BOOL}


class _Tensor(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p),
        ("device_type", ctypes.c_int32),
        ("device_id", ctypes.c_int32),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    ]


class _Managed(ctypes.Structure):
    pass


_DELETER = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Managed))
_Managed._fields_ = [("tensor", _Tensor), ("manager", ctypes.c_void_p), ("deleter", _DELETER)]

_get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_get_pointer.restype, _get_pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
_set_name = ctypes.pythonapi.PyCapsule_SetName
_set_name.restype, _set_name.argtypes = ctypes.c_int, [ctypes.py_object, ctypes.c_char_p]
_CAPSULE_DESTRUCTOR = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype = ctypes.py_object
_new_capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, _CAPSULE_DESTRUCTOR]
_is_valid = ctypes.pythonapi.PyCapsule_IsValid
_is_valid.restype, _is_valid.argtypes = ctypes.c_int, [ctypes.c_void_p, ctypes.c_char_p]
_raw_pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)

_NAME, _USED = b"dltensor", b"used_dltensor"  # kept alive: capsules hold the pointer


@dataclass(slots=True, weakref_slot=True)
class TensorView:
    """A tensor of another library."""

    address: int
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    device: tuple[int, int]


def is_on_gpu(tensor: object) -> bool:
    """Does the tensor live in GPU memory?"""
    device = getattr(tensor, "__dlpack_device__", None)
    return device is not None and device()[0] in (CUDA_DEVICE, CUDA_MANAGED_DEVICE)


def to_numpy(array: object) -> np.ndarray[Any, np.dtype[Any]]:
    """A host array from a NumPy array, a host DLPack tensor, or anything ``numpy.asarray`` takes."""
    if isinstance(array, np.ndarray):
        return np.ascontiguousarray(array)
    if hasattr(array, "__dlpack__") and not is_on_gpu(array):
        return np.ascontiguousarray(np.from_dlpack(array))
    return np.ascontiguousarray(np.asarray(array))


def import_tensor(tensor: Any) -> TensorView:
    """Take a tensor over; its producer's deleter runs when the view dies. Raises ``ValueError`` if not row major."""
    capsule = tensor.__dlpack__(stream=-1) if is_on_gpu(tensor) else tensor.__dlpack__()
    managed = ctypes.cast(_get_pointer(capsule, _NAME), ctypes.POINTER(_Managed))
    t = managed.contents.tensor
    shape = tuple(t.shape[i] for i in range(t.ndim))
    if t.strides and not _is_row_major(shape, tuple(t.strides[i] for i in range(t.ndim))):
        raise ValueError("the DLPack tensor is not row major: make it contiguous first")
    _set_name(capsule, _USED)
    view = TensorView((t.data or 0) + t.byte_offset, shape, _dtype(t.code, t.bits), (t.device_type, t.device_id))
    weakref.finalize(view, _delete, managed)
    return view


def _delete(managed: Any) -> None:
    if managed.contents.deleter:
        managed.contents.deleter(managed)


def _is_row_major(shape: tuple[int, ...], strides: tuple[int, ...]) -> bool:
    step = 1
    for n, stride in zip(reversed(shape), reversed(strides), strict=True):
        if n != 1 and stride != step:
            return False
        step *= n
    return True


def _dtype(code: int, bits: int) -> np.dtype[Any]:
    if code == _BFLOAT:
        return np.dtype(np.uint16)
    if code == _BOOL:
        return np.dtype(np.bool_)
    letter = {_INT: "i", _UINT: "u", _FLOAT: "f", _COMPLEX: "c"}.get(code)
    if letter is None or bits % 8:
        raise ValueError(f"DLPack type code {code} with {bits} bits has no NumPy dtype")
    return np.dtype(f"{letter}{bits // 8}")


_EXPORTED: dict[int, tuple[object, ...]] = {}


def _release(managed: Any) -> None:
    _EXPORTED.pop(ctypes.addressof(managed.contents), None)


def _destroy(capsule: int) -> None:
    """A capsule nobody consumed: its tensor goes with it."""
    if _is_valid(capsule, _NAME):
        _EXPORTED.pop(_raw_pointer(capsule, _NAME), None)


_release_export = _DELETER(_release)
_destroy_capsule = _CAPSULE_DESTRUCTOR(_destroy)


def export_tensor(owner: object, address: int, shape: tuple[int, ...], dtype: np.dtype[Any], ordinal: int) -> object:
    """A ``dltensor`` capsule over GPU memory; ``owner`` stays alive until the consumer is done."""
    managed = _Managed()
    dims = (ctypes.c_int64 * max(1, len(shape)))(*shape)
    tensor = managed.tensor
    tensor.data, tensor.device_type, tensor.device_id = address, CUDA_DEVICE, ordinal
    tensor.ndim, tensor.shape, tensor.strides = len(shape), dims, None
    tensor.code, tensor.bits, tensor.lanes = _KINDS[dtype.kind], 8 * dtype.itemsize, 1
    tensor.byte_offset = 0
    managed.deleter = _release_export
    _EXPORTED[ctypes.addressof(managed)] = (managed, dims, owner)
    return _new_capsule(ctypes.addressof(managed), _NAME, _destroy_capsule)
