// A module in Python's C interface: tensors come as their data_ptr().
#include <Python.h>

int scale(float* values, long n, float factor);

static PyObject* call_scale(PyObject*, PyObject* arguments) {
  unsigned long long address;
  long n;
  float factor;
  if (!PyArg_ParseTuple(arguments, "Klf", &address, &n, &factor)) return nullptr;
  return PyLong_FromLong(scale(reinterpret_cast<float*>(address), n, factor));
}

static PyMethodDef functions[] = {{"scale", call_scale, METH_VARARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};
static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "raw_ops", nullptr, -1, functions, nullptr, nullptr, nullptr, nullptr};

PyMODINIT_FUNC PyInit_raw_ops() { return PyModule_Create(&definition); }
