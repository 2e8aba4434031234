"""Matrix products that keep to the thread that asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

__all__ = ["product"]

# OpenBLAS hands a product of more multiplications than this to threads of its own (interface/gemm.c), which for the
# small ones here costs a busy machine more than the product itself.
MOST = 65536 * 4


def product(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """``rows @ weights``, some rows at a time [rows, columns of weights]."""
    import numpy as np

    found = np.empty((len(rows), weights.shape[1]), np.result_type(rows, weights))
    each = max(MOST // weights.size, 1)
    for first in range(0, len(rows), each):
        np.matmul(rows[first : first + each], weights, out=found[first : first + each])
    return found
