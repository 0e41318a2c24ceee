#pragma once
constexpr int VALUES = SIZE;
