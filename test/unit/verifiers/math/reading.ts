/** One pair of a rule of reading: gold, answer, and whether the verdict is correct. */
export type ReadingCase = readonly [string, string, boolean];

/**
 * What the verifier makes of the ways in which answers are written, by rule. `true`: the verdict is correct; `false`: it is
 * anything else.
 */
export const READING_CASES: Readonly<Record<string, readonly ReadingCase[]>> = {
  'letters glued to a number are variables': [
    ['7nm', '7mn', true], ['7nm', '7', false], ['\\frac{5nm}{3}', '\\frac53 mn', true], ['\\frac{5nm}{3}', '\\frac53', false], ['5nm+4', '4+5mn', true], ['5nm+4', '9', false],
    ['\\sqrt{\\frac{5GM}{r}}', '\\sqrt{5GM/r}', true], ['\\sqrt{5GM/r}', '\\sqrt5', false], ['4mg\\cos\\alpha', '4 m g \\cos\\alpha', true], ['4mg\\cos\\alpha', '4\\cos\\alpha', false],
    ['\\frac14at^2', '\\frac{at^2}{4}', true], ['\\frac14at^2', '\\frac14', false], ['5pqrs', '5srqp', true], ['5pqrs', '5', false], ['5', '5pqrs', false], ['3as', '3sa', true], ['7', '7ms', false],
  ],
  'upright, spaced and full names behind a whole value are units': [
    ['12', '12\\text{ cm}', true], ['12\\text{ m}', '12', true], ['12(1+\\sqrt2)\\ \\mathrm{m}', '12+12\\sqrt2', true], ['45', '45 km', true], ['45miles', '45', true], ['45 mi', '45\\text{ miles}', true], ['19 м', '19', true],
    ['7', '7 个', true], ['15元', '15', true], ['4\\times10^7\\text{ m/s}', '40000000 m/s', true], ['9', '9\\ \\frac{x}{y}', false],
  ],
  'one letter in italics is a unit where the gold is a number': [
    ['12', '12m', true], ['12', '12 g', true], ['12m', '12', false], ['12 m', '12', false], ['4h', '4', false], ['24 g', '24\\text{ grams}', true], ['24 g', '0.024 kg', true], ['2x', '2m', false], ['\\frac{2n+m}{3}', '\\frac{2n}{3}', false],
  ],
  'units of one kind are converted': [
    ['36 km/h', '10 m/s', true], ['36 km/h', '36 m/s', false], ['2\\text{ L}', '2000\\text{ cm}^3', true], ['3\\text{ m}^2', '30000\\text{ cm}^2', true], ['5\\text{ N}', '5\\text{ J}', false], ['\\$1.20', '120¢', true], ['1.5 hours', '90 min', true],
  ],
  'smaller units add up': [
    ['2 hours 15 minutes', '135 minutes', true], ['2 hours 15 minutes', '17 minutes', false], ['2 hours 15 minutes', '30', false], ['4 ft 3 in', '51 inches', true], ['4 feet and 3 inches', '51 in', true], ['1 m 20 cm', '1.2 m', true], ['4 dollars and 50 cents', '\\$4.50', true],
    ['12', '4 weeks 3 days', false], ['7', '4 boys 3 girls', false], ['7, 4', '7 cats and 4 dogs', true], ['2', '2 hours and 30 minutes', false],
  ],
  'words between numbers multiply nothing': [
    ...['7 out of 8', '7 in 8', '7 at 8', '7 of 8', '7 more than 8', '7 percent of 8', '7 remainder 8', '7 by 8', '7 cats 8 dogs', '7\\text{ red }8\\text{ blue}', '7^\\circ 8', '7 thousand 8'].map((answer): ReadingCase => ['56', answer, false]),
    ['56', '7 times 8', true], ['15', '7 plus 8', true], ['-1', '7 minus 8', true], ['\\frac78', '7 divided by 8', true], ['\\frac78', '7 over 8', true], ['35', '7 choose 3', true], ['49', '7 squared', true], ['7', '7 squared', false],
  ],
  'words behind a value name a thing or change nothing': [
    ...['7 kittens', '7 grey kittens', '7 years old', '7 cups of tea', '7 miles per hour', '7 people in the room'].map((answer): ReadingCase => ['7', answer, true]),
    ...['7 more', '7 at least', '7 thirds', '7 times as many', '7 multiplied by k', '7 per x', '7 times n', '7 minus y', '7 does not work', '7 percent less', '7 pairs plus one', '7\\%\\text{ of }x', '7 tenths', '7 fewer'].map((answer): ReadingCase => ['7', answer, false]),
  ],
  'multipliers are values': [
    ['7', '7 thousand', false], ['7000', '7 thousand', true], ['3500000', '3.5 million', true], ['\\$7\\text{ million}', '\\$7,000,000', true], ['84', '7 dozen', true], ['7\\text{ billion}', '7\\times10^9', true], ['7', '7 million dollars', false],
  ],
  'a sign behind a mixed number belongs to all of it': [
    ['87\\frac12\\%', '87.5\\%', true], ['87\\frac12\\%', '43.5\\%', false], ['\\frac23', '66\\frac23\\%', true], ['22\\frac12^\\circ', '22.5', true], ['87 1/2 %', '0.875', true],
  ],
  'conditions are compared': [
    ['7', '7 \\text{ if } m=2', false], ['x=4', 'x=4 \\text{ when } b>0', false], ['7', '7 if n is odd, 8 otherwise', false], ['f(x)=x^2 \\text{ for all }x>0', 'f(x)=x^2\\text{ for all }x<0', false], ['3^n \\text{ if } n \\text{ is odd}', '3^n \\text{ if } n \\text{ is even}', false],
    ['f(x)=bx \\text{ where } b \\text{ is positive}', 'f(x)=bx \\text{ where } b \\text{ is negative}', false], ['(m,m+2) \\text{ for all odd } m', '(m,m+2)\\text{ for all even }m', false], ['y=x^3\\ (x>1)', 'y=x^3\\ (x<1)', false], ['y=x^3\\ (x>1)', 'y=x^3, x>1', true], ['\\frac{x^2}{9}+y^2=1\\ (x\\ne\\pm3)', '\\frac{x^2}{9}+y^2=1, x\\ne\\pm3', true],
    ['a_n=3n+1', 'a_n=3n+1, n\\ge 3', false], ['n=3^k\\text{ where }k\\ge1', 'n=3^k\\text{ where }k\\ge 4', false], ['x>3, x\\in\\mathbb Z', 'x>3', false], ['(k,2k),\\ k>4', '(k,2k)', false],
  ],
  'a declaration of a parameter may be left out': [
    ['x=\\frac{k\\pi}3\\ (k\\in\\mathbb Z)', 'x=\\frac{n\\pi}3, n\\in\\mathbb Z', true], ['x=\\frac{k\\pi}3\\ (k\\in\\mathbb Z)', '\\frac{n\\pi}3', true], ['k\\pi+\\frac\\pi5 (k\\in Z)', '\\frac\\pi5+n\\pi', true], ['[k\\pi-1, k\\pi+1]', '[k\\pi-1,k\\pi+1]\\ (k\\in\\mathbb{Z})', true],
    ['a_n=3n-2 (n\\in N^*)', '3n-2', true], ['3^n-2\\ (n\\ge1)', '3^n-2', true], ['y=5x\\quad(x\\ge1)', 'y=5x', true], ['f(x)=x+\\frac2x\\ (x\\ne0)', 'f(x)=x+\\frac2x', true], ['f(x)=cx\\text{ for some constant }c', 'f(x)=cx', true], ['f(x)=x+2', 'f(x)=x+2\\text{ for all real }x', true], ['f(n)=n\\text{ for all }n', 'f(n)=n', true],
    ['2k+1, k \\in \\mathbb Z', '2n+1\\text{ where }n\\text{ is an integer}', true],
  ],
  'sentences about a value': [
    ['7', '7 is the answer', true], ['7', '7 is not the answer', false], ['7', '7 is wrong', false], ['7', '7 is the number of columns, not the answer', false], ['7', '7 cannot be reached', false], ['S=1\\text{ is a necessary condition for collinearity}', '1', true], ['f(x)=2x\\text{ is the only solution}', '2x', true],
  ],
  'properties of numbers': [
    ['m \\text{ is even}', 'm \\text{ is odd}', false], ['m\\text{ even}', 'm\\text{ odd}', false], ['m\\text{ is a multiple of }5', 'm\\text{ is a multiple of }6', false], ['m \\text{ is not a power of }3', 'm\\text{ is a power of }3', false], ['m \\text{ is odd}', 'm', false], ['x\\text{ is rational}', 'x\\text{ is irrational}', false], ['\\triangle DEF \\text{ is isosceles}', '\\triangle DEF \\text{ is equilateral}', false],
    ['all odd integers $m$', 'm \\text{ is odd}', true], ['\\text{all even } m', 'm \\text{ even}', true], ['m \\text{ is odd}', 'm\\text{ is an odd integer}', true], ['\\text{All positive integers } m', 'all positive integers', true], ['\\text{All positive integers } m', 'all integers', false],
    ['(-\\infty,\\infty)', 'all real numbers', true], ['\\mathbb{R}', '\\text{all reals}', true], ['\\text{all integers}', '\\mathbb Z', true], ['\\mathbb{R}^+', '(0,\\infty)', true], ['\\mathbb{R}_{\\ge0}', '[0,\\infty)', true], ['\\mathbb N^*', '\\mathbb{Z}_{>0}', true], ['\\mathbb R', '\\text{all integers}', false],
  ],
  'words for nothing, without end and numbers': [
    ['\\emptyset', 'There is no solution.', true], ['\\infty', 'There are infinitely many', true], ['200', 'two hundred', true], ['47', 'forty-seven', true], ['1205', 'one thousand two hundred and five', true], ['\\frac23', 'two thirds', true], ['5', 'five apples', true], ['5', 'five or six', false], ['47', 'forty-eight', false], ['1', '\\text{none}', false],
  ],
  'times and ratios': [
    ['10:00', '10:00', true], ['11:30', '23:60', false], ['5:20', '10:40', false], ['6:45', '6:45 a.m.', true], ['8:00', "8 o'clock", true], ['12:00 noon', '12:00', true], ['5:12', '\\frac5{12}', true], ['\\frac5{12}', '5:12', true], ['2:3', '10:15', true], ['10:15', '2:3', false], ['3:4', '6:8', true], ['3:4', '3 to 4', true],
    ['4:30, 6:10', '6:10, 4:30', true], ['1:0', '1:0', true],
  ],
  'digits of a base': [
    ['2B7_{16}', '2b7_{16}', true], ['2B7_{16}', '2B7', true], ['2B7_{16}', 'B7', false], ['2B7_{16}', '2B7_{12}', false], ['CAFE_{16}', 'CAFE', true], ['312_4', '312_{\\text{four}}', true], ['312_4', '312 \\text{ base } 4', true], ['312_4', '312_{(4)}', true], ['2a_{12}', 'a_{12}+a_{12}', true],
  ],
  'a response as the answer': [['5', '<think>So \\boxed{5}', false], ['5', '<think>\\boxed{5}</think> It is six.', false], ['5', 'It is \\boxed{5', false], ['5', '<think>\\boxed{4}</think> It is \\boxed{5}.', true]],
  'left sides that name a function': [
    ...['p(x)', 'T(x)', 'v(x)', 'Q(x)', 'y(x)', 'f^{-1}(x)', 'P_n(x)', 's_1(x)'].map((head): ReadingCase => [`${head}=x^2-3`, 'x^2-3', true]),
    ['q(x)=3x', 'q(t)=3t', true], ['q(x)=3x', 'q(t)=4t', false], ['f:x\\mapsto 3x', 'f(x)=3x', true], ['f(x)\\equiv0', 'f(x)=0', true], ['T(n)=2T(n-1)+1', 'T(n)=2T(n-1)+1', true], ['q(x)=3x', 'r(x)=3x', false],
  ],
  'left sides that name a value': [
    ...['\\text{Perimeter}', 'Total', '\\text{the area}', '\\Pr(A)', 'P(A|B)', 'P(X=2)', 'E[X]', 'n(A)', '\\#S', '\\gcd(a,b)', '\\det A', '\\vec a\\cdot\\vec b', 'm\\angle ABC', '\\max f(x)'].map((head): ReadingCase => ['9', `${head}=9`, true]),
    ['A\\cup B=\\{2,3\\}', '\\{3,2\\}', true], ['1,4', 'Min: 1, Max: 4', true], ['4,5', 'A: 4, B: 5', true], ['\\text{Min: }1,\\text{ Max: }4', '\\text{Min: }4,\\text{ Max: }1', false], ['\\begin{pmatrix}x\\\\y\\end{pmatrix}=\\begin{pmatrix}3\\\\4\\end{pmatrix}', '(3,4)', true],
  ],
  'piecewise values and systems': [
    ['\\begin{cases}2x,&\\text{if } x>1,\\\\3,&\\text{if }x\\le1.\\end{cases}', '\\begin{cases}3&x\\leq1\\\\2x&x>1\\end{cases}', true], ['\\begin{cases}2x,&x>1\\\\3,&x\\le1\\end{cases}', '\\begin{cases}2x,&x\\ge1\\\\3,&x<1\\end{cases}', false], ['\\begin{cases}m&m\\text{ odd}\\\\2m&m\\text{ even}\\end{cases}', '\\begin{cases}2m&\\text{if }m\\text{ is even}\\\\m&\\text{if }m\\text{ is odd}\\end{cases}', true],
    ['\\begin{cases}m&m\\text{ odd}\\\\2m&m\\text{ even}\\end{cases}', '\\begin{cases}2m&m\\text{ odd}\\\\m&m\\text{ even}\\end{cases}', false], ['f(x)=\\begin{cases}x&x\\ge3\\\\0&\\text{otherwise}\\end{cases}', 'f(x)=\\begin{cases}x&x\\ge3\\\\0&x<3\\end{cases}', true], ['\\left\\{\\begin{array}{ll}x,&x>0\\\\0,&x\\le0\\end{array}\\right.', '\\begin{cases}x&x>0\\\\0&x\\le0\\end{cases}', true],
    ['\\begin{cases}a=3\\\\b=5\\end{cases}', '(3,5)', true], ['\\left\\{\\begin{array}{l}a=3,\\\\b=5.\\end{array}\\right.', 'a=3, b=5', true], ['\\begin{cases}a=3\\\\b=5\\end{cases}', 'a=5,b=3', false], ['5', '\\begin{align*}x&=5\\end{align*}', true],
    ['-2', '\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}', true], ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}', false], ['ps-qr', '\\det\\begin{pmatrix}p&q\\\\r&s\\end{pmatrix}', true],
  ],
  'options': [
    ['\\textbf{(B)}\\ \\frac35', 'B', true], ['\\textbf{(B)}\\ \\frac35', '0.6', true], ['B', '(B) or (C)', false], ['B', '(B) if x>1', false],
    ['\\textbf{(B) }36', 'B', true], ['\\textbf{(B) }36', '36', true], ['\\textbf{(B) }36', '37', false], ['\\textbf{(B) }36', 'C', false], ['(D) 7', 'D', true], ['A', 'Option A', true], ['A', 'choice (A)', true], ['A', 'The answer is not A', false], ['\\text{(A), (D)}', 'A, D', true], ['(C) Square', 'square', true], ['C', 'B or C', false],
  ],
  'marks around the whole': [['5', '"5"', true], ['5', "'5'", true], ['5', '“5”', true], ['\\boxed{**5**}', '5', true], ['5', '```5```', true], ['5', '#### 5', true], ['5', '5 \\checkmark', true]],
  'rare spellings': [
    ['\\frac79', '{7 \\over 9}', true], ['50400', '50~400', true], ['3{,}5', '3.5', true], ['1{,}500', '1500', true], ['5\\colon7', '5:7', true], ['7^\\circ 30\'', '7^{\\circ}30^{\\prime}', true], ['56', '^8C_3', true], ['56', '8C3', true], ['-7', '－７', true], ['3:4', '3∶4', true], ['\\frac{\\pi}3', '𝜋/3', true], ['3x', '3𝑥', true],
    ['\\text{Rs. }750', '750', true], ['750', 'Rs 750', true], ['(3,7)', ']3,7[', true], ['[3,7)', '[3,7[', true], ['(3,7]', ']3,7]', true], ['[3,7)', ']3,7[', false], ['9', '答案是9', true], ['3:5', 'the ratio is 3:5', true],
  ],
  'quotients of units and precision': [['9.8', '9.8\\ \\frac{\\text{m}}{\\text{s}^2}', true], ['40', '40\\ \\Omega', true], ['40\\ \\Omega', '40', true], ['20', '\\$20/hour', true], ['20', '$20 per hour', true], ['25', '25 km per hour', true], ['6 square units', '6 cm', false], ['6 square units', '6\\text{ cm}^2', true], ['7.25', '7.25 (to 3 s.f.)', true], ['7.25', '7.25 \\text{ (2 decimal places)}', true]],
  'signs as answers': [['<', '\\lt', true], ['<', '<', true], ['>', '\\text{greater than}', true], ['\\leq', '\\leqslant', true], ['+', 'plus', true], ['\\times', '\\cdot', true], ['\\div', '÷', true], ['<', '>', false], ['=', '\\neq', false], ['+', '-', false], ['+', '1+', false], ['>', '2', false], ['=', '=1', false]],
  'an index of extremes makes a name': [['f(x)_{\\max}=\\frac32', '\\frac32', true], ['|PC|_{\\text{min}}=4', '4', true], ['(a+b)_{min}=4', '(a+b)_{\\min}=4', true], ['4', '(a^2+b)_{\\max} = 4', true], ['f(x)_{\\max}=3', 'f(x)_{\\min}=3', false], ['(a+b)_{\\max}', '(a+b)_{max}', true], ['(a+b)_{\\max}', '(a-b)_{\\max}', false], ['f(x)_{\\max}=3', '-3', false], ['\\angle C_{1}B_{1}A_{1}=90^\\circ', '90^\\circ', true], ['\\angle A_1BC=90^\\circ', '\\angle A_2BC=90^\\circ', false]],
  'names of values must agree': [['P(A)=\\frac15', 'P(B)=\\frac15', false], ['P(A)=\\frac15', 'P(A|B)=\\frac15', false], ['A\\cup B=\\{1\\}', 'A\\cap B=\\{1\\}', false], ['\\text{Area}=9', '\\text{Perimeter}=9', false], ['\\text{Area}=9', '\\text{Area of }\\triangle DEF=9', true], ['\\text{the line } y=x', '\\text{the line } y=-x', false], ['\\frac15', 'P(\\text{blue})=\\frac15', true]],
  'conditions in words keep their order': [
    ['m \\text{ if } m \\text{ is even}, m+1 \\text{ if } m \\text{ is odd}', 'm \\text{ if } m \\text{ is odd}, m+1 \\text{ if } m \\text{ is even}', false], ['x+1 \\text{ if } x>0, x-1 \\text{ if } x<0', 'x+1 \\text{ if } x<0, x-1 \\text{ if } x>0', false], ['\\frac{m+1}2\\text{ if }m\\text{ is odd}', '\\frac{m+1}2\\text{ for odd }m', true],
    ['f(x)=ax+b\\text{ where }a,b\\in\\mathbb R', 'f(x)=ax+b\\text{ for constants }a\\text{ and }b', true], ['f(x)=0, f(x)=x', 'f(x)=0\\text{ for all }x\\text{ and }f(x)=x\\text{ for all }x', true], ['k=4\\text{ only}', '4', true], ['S=\\{x\\mid x>5\\}', '(5,\\infty)', true], ['7', '7 (not 8)', false], ['7', '7 (thousand)', false], ['7', '7 (cats)', true],
    ['a=2, b>3', 'a=2, c>3', false], ['m\\in\\mathbb Z\\text{ is even}', 'm\\in\\mathbb Z\\text{ is odd}', false],
  ],
  'looks alone': [['v_0+1', '\\mathbf{v}_0+1', true], ['\\text{Alice, Bob}', '\\mathbf{\\text{Alice, Bob}}', true], ['C', '\\mathbf{(C)}', true], ['x\\in\\mathbb R', 'x\\in\\mathbf{R}', true], ['4:30 p.m.', '4:30 p.m. \\quad', true], ['6 \\text{ hours}', '\\mathbf{6 \\text{ hours}}', true], ['\\text{1:03 PM}', 'The answer is \\text{1:03 PM}', true]],
  'functions and membership in plain text': [['5\\min(a,b)', '5 min(a,b)', true], ['2\\sec x', '2 sec(x)', true], ['[0,1]', 'x in [0,1]', true], ['k\\pi, k\\in\\mathbb Z', 'k*pi, k in Z', true], ['5', '5 in', true]],
  'factorials': [['e^3', 'e^3!', false], ['8', '2^3!', false], ['64', '2^{3!}', true], ['40320', '2^3!', true]],
  'numbers in words keep their places': [
    ['23', 'twenty-three', true], ['\\frac7{24}', 'seven twenty-fourths', true], ['\\frac3{20}', 'three twentieths', true], ['\\frac34', 'three quarters', true], ['-7', 'negative seven', true], ['\\frac12', 'half', true], ['\\frac12', '\\text{one half}', true],
    ['121', 'one hundred and twenty-one', true], ['2034', 'two thousand thirty-four', true], ['7', 'three four', false], ['35', 'five thirty', false], ['\\frac12', 'half of x', false], ['3', 'third', false],
  ],
  'an e is a power of ten only before a whole exponent': [
    ['7p+4e', '4e+7p', true], ['1500', '1.5e3', true], ['0.015', '1.5E-2', true], ['1500', '1.5e3p', false], ['40', '4e+1', true],
  ],
  'a subscript is read as TeX reads it': [
    ['x_{\\max}', 'x_{\\text{max}}', true], ['x_{\\min}', 'x_{\\mathrm{min}}', true], ['x_{\\min}', 'x_{\\text{max}}', false], ['1+\\log_3 2', '\\log_32+1', true], ['\\log_5 7', '\\log_57', true], ['2', '\\log_12 144', true], ['8', '\\log_2 256', true], ['1000', '2^3 125', true], ['1', '\\log_{12}12', true], ['\\log_35', '\\log_53', false],
  ],
  'spacing, circles and signs of money behind a number': [
    ['63250', '63\\,\\!250', true], ['108^\\circ', '108^\\text{o}', true], ['108^\\circ', '108^{o}', true], ['36', '36\\$', true], ['\\$36', '36\\$.', true], ['36', '\\$3\\$6', false], ['\\$4.50', '4 dollars and 50 cents', true], ['4.5', '4 dollars and 50 cents', true],
    ['450', '4 dollars and 50 cents', false], ['45', '9 x 5', true], ['45', '9 x 5 = 45', true], ['45x', '9x5', true], ['45', '9x 5', false],
  ],
  'a base may be named behind the number': [
    ['204_7', '204 \\text{ (base 7)}', true], ['204_7', '204\\text{ (in base 7)}', true], ['204_7', '204 (base 8)', false], ['204', '204 (base 7)', true],
  ],
  'transposed rows are columns': [
    ['\\begin{pmatrix}3\\\\-2\\end{pmatrix}', '[3,-2]^T', true], ['\\begin{pmatrix}3\\\\-2\\end{pmatrix}', '(3,-2)^{\\top}', true], ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '\\begin{bmatrix}1&3\\\\2&4\\end{bmatrix}^T', true], ['\\begin{pmatrix}3&-2\\end{pmatrix}', '[3,-2]^T', false],
    ['A^T', 'A^T', true], ['2^T', '2T', false],
  ],
  'what sympy prints': [
    ['[-3,8]', 'Interval(-3, 8)', true], ['[-3,8]', 'Interval.open(-3, 8)', false], ['(5,\\infty)', 'Interval.open(5, oo)', true], ['(-\\infty,2]', 'Interval(-oo, 2)', true], ['[0,1)', 'Interval.Ropen(0,1)', true], ['[0,1)', 'Interval.Lopen(0,1)', false],
    ['(1,2)\\cup(4,5)', 'Union(Interval.open(1, 2), Interval.open(4, 5))', true], ['1,-2', 'FiniteSet(-2, 1)', true], ['\\frac34', 'Rational(3, 4)', true], ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', 'Matrix([[1, 2], [3, 4]])', true], ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', 'Matrix([[1, 3], [2, 4]])', false],
    ['5', 'Interval(5)', false],
  ],
  'cis is a complex number of length one': [
    ['4\\text{ cis }30^\\circ', '2\\sqrt3+2i', true], ['4\\operatorname{cis}\\frac{\\pi}6', '2\\sqrt3+2i', true], ['4\\text{ cis }30^\\circ', '2\\sqrt3-2i', false],
  ],
  'sets in words may leave numbers out': [
    ['x\\ne5', '\\text{all real numbers except } 5', true], ['x\\ne2,3', 'all real numbers except 2 and 3', true], ['x\\ne5', 'all reals except 6', false], ['x\\ne5', 'all integers except 5', false], ['x\\ne5', 'all real numbers', false],
  ],
  'letters of several options': [
    ['\\text{BCD}', 'B, C, D', true], ['\\text{BCD}', '\\text{D, B, C}', true], ['\\text{BCD}', 'B, C', false], ['\\text{FACE}', 'F,A,C,E', false], ['\\text{(E)}', '\\text{(E) None of these}', true], ['\\text{(E)}', '\\text{(E) is wrong}', false], ['\\text{(E)}', '\\text{(A) None of these}', false],
  ],
  'a comma alone between digits in brackets separates values': [
    ['(100,200)\\cup(300,400)', '[100,200]\\cup[300,400]', false], ['(100,200)\\cup(300,400)', '100<x<200\\text{ or }300<x<400', true], ['(3,15)\\cup(15,105)', 'x\\in(3,15)\\cup(15,105)', true], ['(3,15)\\cup(15,105)', '(3,105)\\setminus\\{15\\}', true], ['[100,250]', '(100,250)', false],
    ['(1,234)', '1234', true], ['1234', '(1,234)', true], ['\\{100,200\\}', '\\{200,100\\}', true], ['(-2,100)', '(-2, 100)', true], ['(2,500),(3,600)', '(3, 600), (2, 500)', true], ['(10,000, 20,000)', '(10000, 20000)', true], ['\\{10,100,1000\\}', '10100,1000', false], ['\\{10,100,1000\\}', '1000, 100, 10', true], ['1000,100,200', '100, 200, 1000', true], ['(1,100,2)', '(1100, 2)', false], ['1,000,2,000', '1000, 2000', true], ['1,234,567', '1234567', true],
  ],
  'a comma before a nought that goes on is a decimal one': [
    ['0,6', '0,06', false], ['0,06', '0.06', true], ['1.05', '1,05', true], ['1.5', '1,5', true], ['1,5', '1.5', false], ['01,10,11', '01, 10, 11', true], ['0,25', '0,025', false],
  ],
  'percentages, degrees and units measure different things': [
    ['\\$45', '45\\%', false], ['45\\%', '\\$45', false], ['20\\text{ cm}', '20\\%', false], ['20^\\circ', '20\\%', false], ['20\\%', '20^\\circ', false], ['20\\text{ cm}', '20^\\circ', false], ['5\\%\\text{ per year}', '5\\%', true], ['20^\\circ', '20 \\text{ units}', true],
    ['25^\\circ\\text{C}', '25^\\circ\\text{F}', false], ['25^\\circ\\text{C}', '25\\text{ degrees Celsius}', true], ['25\\text{ degrees Fahrenheit}', '25^\\circ C', false], ['25\\text{ C}', '25^\\circ C', true], ['45\\%', '45\\text{ per cent}', true], ['45', '45 cents', true],
  ],
  'two shapes of a Greek letter are one name': [['\\varphi', '\\phi', true], ['\\varepsilon_0E', '\\epsilon_0E', true], ['\\varphi', '\\psi', false], ['12', '\\bold{12}', true]],
  'all numbers of a kind within bounds': [
    ['\\text{all integers } n \\ge 3', 'n\\ge3', true], ['\\text{all integers } n \\ge 3', 'n>3', false], ['\\text{For all } n \\geq 2', 'n\\ge2', true], ['\\text{all real } x \\neq 5', '\\mathbb R\\setminus\\{5\\}', true], ['\\text{all real } x \\neq 5', '\\text{all real } x', false],
    ['\\text{all positive integers } n \\ge 3', 'n\\ge3', true], ['\\text{all positive integers } n \\le 3', 'n\\le3', false], ['\\text{all integers } x > 3', 'x>3', false],
  ],
  'who wins': [
    ['\\text{Bob}', '\\text{Bob wins}', true], ['\\text{Bob wins}', '\\text{Bob has a winning strategy}', true], ['\\text{Bob}', '\\text{Alice wins}', false], ['\\text{Bob}', '\\text{Bob loses}', false], ['\\text{Bob}', '\\text{Bob does not win}', false],
    ['\\text{the first player wins}', '\\text{first player}', true], ['\\text{the first player wins}', '\\text{the second player wins}', false], ['\\text{Alice wins if } n \\text{ is even}', '\\text{Alice}', false], ['\\text{No. It cannot be done.}', '\\text{No}', true],
  ],
  'congruences in words': [
    ['n=4k+2\\text{ or }n=4k+3', '\\text{those congruent to 2 or 3 modulo 4}', true], ['n=4k+2\\text{ or }n=4k+3', '\\text{those congruent to 2 modulo 4}', false], ['n\\equiv1\\pmod3', 'n\\text{ is congruent to }1\\text{ modulo }3', true], ['n\\equiv1\\pmod3', '\\text{integers congruent to }2\\text{ modulo }3', false],
    ['n\\equiv2,3\\pmod4', 'n\\text{ congruent to }2\\text{ or }3\\text{ modulo }4', true], ['3k+1', '1\\pmod3', true], ['3k+1', '2\\pmod3', false], ['10', '3\\pmod7', false],
  ],
  'an integral is over the name behind its d': [
    ['\\int_0^1 t^2\\,dt', '\\int_0^1 x^2\\,dx', true], ['\\int_0^1 xt\\,dt', '\\int_0^1 xs\\,ds', true], ['\\int_0^1 xt\\,dt', '\\int_0^1 xt\\,dx', false], ['\\int_0^1 f(t)\\,dt', '\\int_0^2 f(x)\\,dx', false],
  ],
  'combinations as Chinese texts write them': [['\\binom n3', 'C_n^3', true], ['C_n^2', '\\frac{n(n-1)}2', true], ['C_n^2', 'C_m^2', false], ['C_p^2', 'C_p^3', false]],
  'what a program prints for values of names': [
    ['(3,-1)', '{x: 3, y: -1}', true], ['x=3,y=-1', '\\{x: 3, y: -1\\}', true], ['x=3,y=-1', '{y: -1, x: 3}', true], ['5', '{x: 5}', true], ['(3,-1)', '{x: -1, y: 3}', false], ['(3,-1)', '{x: 3, y: 1}', false],
    ['x>3', '\\{x: x>3\\}', true], ['\\{1,2\\}', '\\{x: x=1\\}', false],
  ],
  'letters are digits of a base in brackets, and where a digit stands behind one': [
    ['A3F_{16}', 'a3f_{16}', true], ['a3f_{16}', '(A3F)_{16}', true], ['a3f_{16}', 'A3F', true], ['2B5_{12}', '(2b5)_{12}', true], ['A3F_{16}', 'a3e_{16}', false], ['A3F_{16}', '(A3F)_{17}', false], ['2a_{12}', '2A_{12}', false],
  ],
  'shares are fractions': [
    ['\\frac5{36}', '5 out of 36', true], ['\\frac1{20}', '1 in 20', true], ['5 \\text{ out of } 36', '\\frac{5}{36}', true], ['\\frac35', '3 out of 5 people', true], ['5', '5 out of 36', false], ['15', '3 out of 5', false], ['5 in', '5 in 36', false], ['\\frac5{36}', '5 in', false],
    ['\\frac34', '3/4 of the cake', true], ['\\frac34', '\\frac34\\text{ of the cake}', true], ['30\\text{ min}', '1/2 of an hour', true], ['30\\text{ min}', '1/2 of a minute', false], ['6', '3/4 of the 8', false], ['\\frac34', '3/4 of the difference', false], ['\\frac34', '3/4 of 8', false],
  ],
  'a percent sign behind a fraction is that of the fraction': [['33\\frac13\\%', '100/3 \\%', true], ['\\frac13', '100/3\\%', true], ['4', '20\\%/5\\%', true], ['\\frac{100}{0.03}', '100/3\\%', false]],
  'the sides of a shape are a list': [
    ['10\\text{ ft} \\times 18\\text{ ft}', '10 ft by 18 ft', true], ['10 ft \\times 18 ft', '18 feet by 10 feet', true], ['10, 18', '10 by 18', true], ['10 ft \\times 18 ft', '10 ft \\times 12 ft', false], ['180', '10 ft \\times 18 ft', false], ['10 ft by 18 ft', '28 ft', false], ['180', '10 by 18', false],
  ],
  'what only numbers an equation or ends a proof says nothing': [['17', '17 \\tag{1}', true], ['17', '17 \\quad \\square', true], ['\\frac37', '\\frac37\\phantom{x}', true], ['17', '17 (since the sum is odd)', true], ['17', '17 (since 17 or 18)', false]],
  'a fraction with a raised numerator and a lowered denominator': [['\\frac7{12}', '^7/_{12}', true], ['\\frac7{12}', '{}^{7}/_{12}', true], ['\\frac7{12}', 'x^7/_{12}', false], ['\\frac{2^7}{12}', '^7/_{12}', false]],
  'C before two values is a point among points': [
    ['A(0,0), B(3,0), C(0,4)', '(0,0),(3,0),(0,4)', true], ['A(0,0), B(3,0), C(0,4)', 'A=(0,0), B=(3,0), C=(0,4)', true], ['A(0,0), B(3,0), C(0,4)', 'A(0,0), B(0,4), C(3,0)', false], ['35', 'C(7,3)', true], ['210', 'C(7,3)C(4,2)', true],
  ],
  'the gamma function of whole numbers is a factorial': [['(n-1)!', '\\Gamma(n)', true], ['(2n)!', '\\Gamma(2n+1)', true], ['24', '\\Gamma(5)', true], ['n!', '\\Gamma(n)', false], ['\\Gamma(\\frac12)', '\\Gamma(1/2)', true], ['x', '\\Gamma(x)/\\Gamma(x-1)', false], ['\\Gamma', '\\Gamma(1)', false]],
  'square brackets are the whole part where the other side writes it, or around a fraction of a counting number': [
    ['\\lfloor n/2\\rfloor+1', '[n/2]+1', true], ['\\left[\\frac{n}{2}\\right]', '\\lfloor n/2\\rfloor', true], ['[n/2]', 'n/2', false], ['\\lfloor n/2\\rfloor', '[n/3]', false], ['2n+1', '[2n+1]', true], ['\\frac52', '[\\frac52]', true],
  ],
  'which extreme a value is': [
    ['\\max=5,\\min=-3', '\\text{max } 5, \\text{ min } -3', true], ['\\max=5,\\min=-3', 'maximum 5, minimum value -3', true], ['5,-3', '\\max=5,\\min=-3', true], ['\\max=5,\\min=-3', '\\text{max } -3, \\text{ min } 5', false], ['5', '\\max 5', true], ['\\max=5', '\\min=5', false], ['5', '\\max(3,5)', true],
  ],
  'two strokes between segments are parallels': [['AB \\parallel CD', 'AB // CD', true], ['AB \\parallel CD', 'AB // CE', false], ['AB \\perp CD', 'AB // CD', false]],
  'space between equations separates them': [
    ['x=1, y=2', 'x=1 \\quad y=2', true], ['x=1, y=2', '$x=1$ $y=2$', true], ['x=-\\frac12, y=3', 'x=-\\frac{1}{2} y=3', true], ['x=1 y=2', 'x=3 y=2', false], ['y_1=1-x \\qquad y_2=x^2', 'y_1=1-2x \\qquad y_2=x^2', false], ['x=2y=4', 'x=2y=4', true],
  ],
  'square brackets behind a factor or a sign are a group, but around a fraction of a counting number perhaps a whole part': [
    ['2(x+1)', '2[x+1]', true], ['y=x(c_1+c_2)', 'y=x[c_1+c_2]', true], ['\\frac13(1-(-\\frac12)^n)', '\\frac13\\left[1-(-\\frac12)^n\\right]', true], ['n-[n/2]', 'n-\\lfloor n/2\\rfloor', true], ['n-[n/2]', 'n/2', false], ['2x+1', '2[x+1]', false],
  ],
  'a break between rows that lost a backslash': [['\\begin{pmatrix}-1&0\\\\0&-1\\end{pmatrix}', '\\begin{pmatrix}-1&0\\0&-1\\end{pmatrix}', true], ['(1,2)', '\\begin{pmatrix}1\\2\\end{pmatrix}', true], ['\\begin{pmatrix}1\\\\-2\\end{pmatrix}', '\\begin{pmatrix}1\\-3\\end{pmatrix}', false]],
  'a union over all whole numbers is the set that it is written of': [
    ['\\bigcup_{k\\in\\mathbb{Z}}(2k\\pi,2k\\pi+\\pi)', '(2k\\pi,2k\\pi+\\pi), k\\in\\mathbb Z', true], ['\\bigcup_{k=-\\infty}^{\\infty}(2k\\pi,(2k+2)\\pi)', '\\bigcup_{n\\in\\mathbb Z}(2n\\pi,2n\\pi+2\\pi)', true],
    ['\\bigcup_{k\\in\\mathbb{Z}}(2k\\pi,2k\\pi+\\pi)', '[2k\\pi,2k\\pi+\\pi]', false], ['(k,k+1)', '\\bigcup_{k=1}^{\\infty}(k,k+1)', false], ['\\bigcup_{k\\in\\mathbb{Z}}(2k\\pi,2k\\pi+\\pi)', '\\bigcup_{k\\in\\mathbb{N}}(2k\\pi,2k\\pi+\\pi)', false],
  ],
  'Chinese answers': [
    ['A', '故选：A', true], ['BC', '选BC', true], ['A', 'A．', true], ['a\\le-1\\text{ or }a\\ge2', 'a≤-1或a≥2', true], ['(0,1)\\cup(1,+\\infty)', '{x|x>0 且 x≠1}', true], ['1,2', '1或2', true], ['\\binom{2n}n', 'C_{2n}^{n}', true], ['\\frac{n(n+1)}2', 'C_{n+1}^2', true], ['A', '选B', false], ['a\\le-1\\text{ or }a\\ge2', 'a≤-1且a≥2', false],
  ],
  'a unit in brackets': [['20 \\text{ (cm)}', '20 cm', true], ['20 \\text{ (cm)}', '0.2\\text{ m}', true], ['20 \\text{ (cm)}', '20 m', false], ['20(cm)', '20', false], ['20mc', '20(cm)', true]],
  'an inequality and its interval behind a colon are two spellings': [['-1<x\\le1:(-1,1]', '(-1,1]', true], ['-1<x\\le1:(-1,1]', '-1<x\\le1', true], ['(-\\infty,-7)', 'x<-7:(-\\infty,-7)', true], ['-1<x\\le1:(-1,1]', '[-1,1]', false], ['(-1,1]', '-1<x\\le1:(-1,2]', false]],
  'what only announces the answer': [['5 cm \\bullet', 'The answer is $5 cm \\bullet$.', true], ['\\text{1:03 PM}', 'The answer is $\\text{1:03 PM}$.', true], ['\\text{1:03 PM}', 'The answer is $\\text{1:04 PM}$.', false]],
  'values that each have a condition of their own are cases': [
    ['0 \\text{ if } n \\text{ is odd, } 1 \\text{ if } n \\text{ is even}', '\\begin{cases}1 & n \\text{ even} \\\\ 0 & n \\text{ odd}\\end{cases}', true], ['0 \\text{ if } n \\text{ is odd, } 1 \\text{ if } n \\text{ is even}', '1 if n is even and 0 if n is odd', true], ['\\lfloor n/2\\rfloor', '\\frac n2\\text{ if }n\\text{ is even, }\\frac{n-1}2\\text{ if }n\\text{ is odd}', true],
    ['\\begin{cases}x & x>0\\\\-x&x\\le 0\\end{cases}', 'x if x>0, -x if x \\le 0', true], ['0 \\text{ if } n \\text{ is odd, } 1 \\text{ if } n \\text{ is even}', '1 if n is odd, 0 if n is even', false], ['0 \\text{ if } n \\text{ is odd, } 1 \\text{ if } n \\text{ is even}', '0', false], ['Alice if n is even, Bob if n is odd', 'Bob if n is even, Alice if n is odd', false],
  ],
  'what a formula is shows in the formula': [['\\text{the line } y=x', 'y=x', true], ['[2,3]', 'the interval [2,3]', true], ['(1,2)', 'The point (1,2)', true], ['7', '\\text{the number } 7', true], ['\\text{the line } y=x', 'y=-x', false], ['B', 'point A', false], ['(2,3)', 'Interval(2,3)', false], ['5', '\\text{number of ways } 5', false]],
};
