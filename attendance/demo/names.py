"""Invented names, such as a Mississippi class list might hold. Nobody real is meant. Split them at the blanks."""

GIRLS = """
Aaliyah Abigail Addison Alexis Alondra Amara Amelia Anna Aniyah Aria Ava Brianna Brooklyn Camila Caroline Chloe Ciara
Daniela Destiny Ebony Ella Emma Esther Eva Faith Gabriela Grace Hailey Hannah Imani Isabel Jada Jasmine Jayla Jordan
Kaitlyn Kayla Keisha Kiara Laila Leah Lillian Lucía Mackenzie Madison Makayla María Mary-Kate Maya Mia Naomi Nevaeh
Nia Olivia Paisley Raven Riley Sadie Samira Savannah Serenity Shelby Skylar Sofía Sydney Tamia Taniya Thuy Trinity
Valeria Victoria Ximena Zaria Zoe
"""

BOYS = """
Aiden Alejandro Amari Andre Anthony Ashton Austin Benjamin Braxton Bryson Caleb Cameron Carlos Carter Chase Christian
Cole Colton Dalton Damian Darius DeAndre Demetrius Deshawn Diego Dominic Dylan Elijah Emmanuel Ethan Gabriel Garrett
Gavin Hunter Isaac Isaiah Jackson Jalen James Jamarcus Jaylen Jeremiah Jesús Jordan José Joshua Josiah Justin Kai
Kendrick Khalil Landon Levi Logan Luis Malik Marcus Mason Micah Minh Nathaniel Noah Omar Owen Quincy Quan Rashad
Samuel Santiago Terrance Trevon Tristan Tyler Walker Xavier Zachary
"""

FAMILIES = """
Adams Aguilar Alexander Allen Anderson Arredondo Bailey Baker Banks Barnes Battle Beasley Bell Benson Billie Boudreaux
Bowman Bradford Brewer Broussard Brown Bryant Buckley Burns Butler Caldwell Campbell Carter Chandler Clark Coleman
Collins Comby Cooper Cortez Crawford Crosby Cruz Curry Daniels Davis Dawson Dean Denson Diaz Dixon Dorsey Dunn Easley
Ellis Evans Farve Ferguson Fields Fisher Flores Ford Foster Franklin Fulton García Gibson Gipson Givens Gomez González
Graham Green Griffin Hall Hamilton Hampton Harper Harris Hawkins Henderson Hernández Herrington Hill Holloway Holmes
Hughes Isaac Jackson James Jefferson Jenkins Jimmie John Johnson Jones Jordan Keyes King Knight Ladner Landry Lawson
Le Lee Lewis Lofton Lopez Magee Malone Martin Martínez Mason McAlister McCarty McDonald McGee McInnis McLaurin Mejía
Miller Mitchell Montgomery Moody Moore Morales Morgan Morris Myers Necaise Nelson Newell Nichols Norwood Odom Oliver
Ortiz Owens Parker Patterson Payton Peña Perkins Pham Phillips Pickett Pittman Porter Price Quinn Ramírez Reed Rester
Reynolds Rivera Roberts Robinson Rodríguez Rogers Ross Russell Sanders Saucier Scott Shaw Simmons Smith Spencer
Stallworth Stewart Stringer Sullivan Sumrall Tate Taylor Thigpen Thomas Thompson Toney Torres Townsend Tran Tubby
Tucker Turner Tyler Vaughn Vu Walker Wallace Walters Washington Watkins Watts Weathersby West White Wilkerson Williams
Willis Wilson Womack Woods Wright York Young Zúñiga
"""

# Of these families the files say that they are Hispanic or Latino.
HISPANIC_FAMILIES = """
Castillo Delgado Aguilar Arredondo Cortez Cruz Diaz Flores García Gomez González Hernández Lopez Martínez Mejía
Morales Ortiz Peña Ramírez Rivera Rodríguez Torres Zúñiga
"""
